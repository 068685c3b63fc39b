"""The sentences of a template: found whole, and said in other words without touching the rest."""

import re
from collections.abc import Mapping

import pytest
from jinja2 import DictLoader, Environment

from service.languages.sentences import places, said
from tests.architecture.source import ROOT

TEMPLATES = sorted(ROOT.glob("service/*/templates/**/*.html"))


def texts(source: str) -> list[str]:
    found: list[str] = []

    def noted(text: str) -> str:
        found.append(text)
        return text

    said(source, noted)
    return found


def in_words(source: str, words: Mapping[str, str], **values: object) -> str:
    """Fill a template after its sentences were said in other words."""
    told = said(source, lambda text: words.get(text, text), keeps=True)
    environment = Environment(loader=DictLoader({"page": told}), autoescape=True)
    environment.filters["written"] = lambda value: f"kept {value}"
    return environment.get_template("page").render(values)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>保存しました。</p>", ["保存しました。"]),
        ("<p>Saved.</p>", []),
        ("<h1>{{ person.code }}</h1>", []),
        ("<p>あと {{ left }} 件</p>", ["あと {left} 件"]),
        ("<p>{{ a.day | dated }} から</p>", ["{day} から"]),
        ("<p>{{ a.n }}件と {{ b.n }}件</p>", ["{n}件と {n2}件"]),
        ("<p>{{ a.n }}件のうち {{ a.n }}件</p>", ["{n}件のうち {n}件"]),
        ("<p>長い\n文です。</p>", ["長い 文です。"]),
        # tags within a sentence belong to it; around it they do not
        ('<p><a href="/x">一覧</a>か、次へ。</p>', ["<a>一覧</a>か、次へ。"]),
        ('<p><a href="/x">一覧</a></p>', ["一覧"]),
        ("<p><b>一</b>と<b>二</b></p>", ["<b>一</b>と<b2>二</b2>"]),
        # so do conditions
        ("<p>{% if a %}はい{% else %}いいえ{% endif %}</p>", ["はい", "いいえ"]),
        (
            "<p>届く{% if a %}まで{{ d }}{% else %}日{% endif %}。</p>",
            ["届く[if]まで{d}[else]日[/if]。"],
        ),
        (
            "<p>次: {% for d in ds %}{{ d }}{% if x %}、{% endif %}{% endfor %}</p>",
            ["次: [for]{d}[if]、[/if][/for]"],
        ),
        # a paragraph within a condition is a sentence of its own
        ("<p>前</p>{% if a %}<p>中</p>{% endif %}<p>後</p>", ["前", "中", "後"]),
        ("{% if a %}<p>一{% else %}<p>二{% endif %}", ["一", "二"]),
        # a tag that opens on one side of a condition and closes on the other is a wall
        ("<p>{% if a %}<a>{% endif %}ここ</a></p>", ["ここ"]),
        ("<p>行<br>次の行</p>", ["行", "次の行"]),
        ('<label><input type="radio">はい</label>', ["はい"]),
        ("<p><span>☎</span>&nbsp;事務所</p>", ["&nbsp;事務所"]),
        ("<p>(全部で{{ n }})</p>", ["(全部で{n})"]),
        # words in expressions and in what is called
        ('{% import "f" as forms %}{{ forms.line("a", "名前") }}', ["名前"]),
        ('<p>{{ x or "(なし)" }}</p>', ["(なし)"]),
        ('{% if x == "口頭" %}y{% endif %}', []),
        # attributes: those that people read, and no other
        ('<nav aria-label="おもなページ"></nav>', ["おもなページ"]),
        ('<a title="{{ n }}件">x</a>', ["{n}件"]),
        ('<input value="送る" type="submit">', ["送る"]),
        ('<input value="口頭" type="radio">', []),
        ("{# 注 #}<!-- 注 -->", []),
    ],
)
def test_sentences_are_found_whole(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "words", "values", "expected"),
    [
        ("<p>あと {{ n }} 件</p>", {"あと {n} 件": "{n} left"}, {"n": 3}, "<p>3 left</p>"),
        (
            '<p>{{ who }}へ<a href="/{{ who }}">もどる</a></p>',
            {"{who}へ<a>もどる</a>": "<a>Back</a> to {who}"},
            {"who": "<Ao>"},
            '<p><a href="/&lt;Ao&gt;">Back</a> to &lt;Ao&gt;</p>',
        ),
        (
            "<p>届く{% if a %}{{ a }}{% else %}日{% endif %}。</p>",
            {"届く[if]{a}[else]日[/if]。": "[if]{a}[else]A day[/if] it comes."},
            {"a": ""},
            "<p>A day it comes.</p>",
        ),
        (
            "<p>{{ n }}人</p>",
            {"{n}人": "{n} {n:person|people}"},
            {"n": 1},
            "<p>1 person</p>",
        ),
        (
            "<p>{{ n }}人</p>",
            {"{n}人": "{n} {n:person|people}"},
            {"n": 0},
            "<p>0 people</p>",
        ),
        ('<a title="名">x</a>', {"名": 'a "name"'}, {}, '<a title="a &#34;name&#34;">x</a>'),
        ('<p>{{ x or "なし" }}</p>', {"なし": 'no "one"'}, {"x": ""}, "<p>no &#34;one&#34;</p>"),
    ],
)
def test_a_sentence_is_said_in_other_words(
    source: str, words: dict[str, str], values: dict[str, object], expected: str
) -> None:
    assert in_words(source, words, **values) == expected


def test_what_a_form_sends_back_stays_in_the_words_that_are_stored() -> None:
    source = '<input value="{{ v }}"><textarea>{{ v }}</textarea><p>{{ v }}</p>'
    told = in_words(source, {}, v="x")
    assert told == '<input value="kept x"><textarea>kept x</textarea><p>x</p>'


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_comes_back_as_it_was(path: object) -> None:
    source = ROOT.joinpath(str(path)).read_text(encoding="utf-8")
    again = said(source, lambda text: text)
    assert re.sub(r"\s+", "", again) == re.sub(r"\s+", "", source)


def test_the_places_of_a_sentence_are_told_in_any_order() -> None:
    assert places("{a} と <b>{c}</b>[if]x[/if]") == places("[if]x[/if]<b>{c}</b>, {a} {a:one|more}")
    assert places("{a}") != places("{b}")
    assert places("<b>x</b>") != places("<b>x")
