"""Free words become facets: longest match, spelling, odd input, joining and speed."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.profiles import Meaning
from catalogue.words import FACETS, facet_name, read
from catalogue.words.lookup import FUZZY_CONFIDENCE, find
from catalogue.words.spelling import all_kana, sound, spellable
from catalogue.words.tokens import CHUNK, fold, normalise, sentences, tokenize


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("花火", "events", "plants"),
        ("花火大会", "events", "plants"),
        ("犬の散歩", "walking", "farm"),
        ("おもちゃ病院", "repair", "care"),
        ("子ども食堂", "food_for_others", "shopkeeping"),
    ],
)
def test_the_longest_expression_wins(text: str, present: str, absent: str) -> None:
    liked = read(text).liked

    assert present in liked
    assert absent not in liked


@pytest.mark.parametrize("text", ["本人の希望", "山田さん", "花子", "猫背", "日本"])
def test_a_word_inside_another_is_not_heard(text: str) -> None:
    assert read(text).liked == {}


@pytest.mark.parametrize(
    ("variant", "usual"),
    [
        ("ｶﾒﾗ", "カメラ"),
        ("ﾊﾟｿｺﾝ", "パソコン"),
        ("ＰＣ", "PC"),
        ("ねこ", "猫"),
        ("ネコ", "猫"),
        ("そうじ", "掃除"),
        ("プラもでる", "プラモデル"),
        ("編みもの", "編み物"),
        ("ボランテア", "ボランティア"),
        ("縫っていました", "縫う"),
        ("土をいじっていると", "土いじり"),
        ("パソコンを教えています", "パソコンを教える"),
    ],
)
def test_other_ways_of_writing_mean_the_same(variant: str, usual: str) -> None:
    assert read(variant).liked == read(usual).liked


@pytest.mark.parametrize(
    ("variant", "facet"),
    [
        ("カウヒー", "tea_and_coffee"),
        ("プログラミグ", "computer"),
        ("ガーデニグ", "plants"),
        ("コンピュタ", "computer"),
    ],
)
def test_a_misspelt_kana_word_is_understood_but_less_surely(variant: str, facet: str) -> None:
    assert 0 < read(variant).liked[facet] <= FUZZY_CONFIDENCE


def test_short_or_distant_kana_words_are_left_alone() -> None:
    assert read("ネカ").liked == {}
    assert read("ズンドコベロンチョ").liked == {}


def test_long_vowels_sound_alike() -> None:
    assert sound("かうひー") == sound("こうひい") == sound("こーひー")
    assert sound("ねこ") != sound("いぬ")


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "。、。", "「」()", "😀🎉", "!?", "0123", "abc def"]
)
def test_nothing_said_is_nothing_meant(text: str) -> None:
    meaning = read(text)

    assert meaning.liked == {}
    assert meaning.disliked == {}


def test_emoji_and_brackets_do_not_hide_words() -> None:
    plain = read("猫と写真").liked

    assert read("🐈猫(と)「写真」📷").liked == plain
    assert read("【猫】/写真").liked == plain


def test_words_are_kept_apart_by_line_breaks() -> None:
    meaning = read("料理がすき\n掃除は苦手")

    assert "cooking" in meaning.liked
    assert "cleaning" in meaning.disliked


def test_several_texts_are_joined_and_the_surer_side_stays() -> None:
    meaning = read("料理が好き", "掃除は苦手", "料理はしない")

    assert meaning.liked["cooking"] == 1.0
    assert "cooking" not in meaning.disliked
    assert "cleaning" in meaning.disliked
    assert meaning.tokens.count("料理") == 1


def test_related_and_broader_facets_get_at_most_a_half() -> None:
    liked = read("料理").liked

    assert liked["cooking"] == 1.0
    assert 0 < liked["meal_together"] <= 0.5


def test_tokens_are_normal_forms_without_common_words() -> None:
    tokens = read("わたしは庭で草をむしっていたいと思います。3回").tokens

    assert "庭" in tokens
    assert "草" in tokens
    assert not {"思う", "居る", "回", "3", "は", "で"} & set(tokens)


def test_a_confidence_is_above_zero_and_at_most_one() -> None:
    meaning = read("庭と畑と花と野菜と料理と犬と本", "掃除は苦手")

    for side in (meaning.liked, meaning.disliked):
        assert all(0 < weight <= 1 for weight in side.values())


def test_what_was_read_cannot_be_changed_by_a_reader() -> None:
    meaning = read("庭")

    with pytest.raises(TypeError):
        meaning.liked["plants"] = 0.0  # type: ignore[index]  # that is the point
    assert read("庭") is meaning


def test_a_facet_has_a_name_in_both_languages() -> None:
    assert facet_name("plants") == FACETS["plants"].ja
    assert facet_name("plants", "en") == FACETS["plants"].en
    with pytest.raises(KeyError):
        facet_name("no such facet")


def test_sentences_are_cut_where_they_end_and_never_too_long() -> None:
    assert list(sentences("あ。い\nう!え?")) == ["あ", "い", "う", "え"]
    assert max(map(len, sentences("あ" * (3 * CHUNK)))) == CHUNK


def test_folding_keeps_every_place() -> None:
    text = normalise("カメラとヴァイオリン、ＡＢＣ")

    assert len(fold(text)) == len(text)
    assert fold("カメラ") == "かめら"


def test_negations_have_one_name() -> None:
    for word in ("できない", "できません", "できず", "気がない"):
        assert "ない" in [token.lemma for token in tokenize(word)]


def test_expressions_are_found_from_left_to_right_without_overlap() -> None:
    tokens = tokenize("花火と犬の散歩とカウヒー")
    hits = list(find(tokens))

    assert [hit.concept.name for hit in hits] == ["events", "dog_walk", "coffee"]
    assert all(one.last <= two.first for one, two in itertools.pairwise(hits))
    assert [hit.confidence for hit in hits] == [1.0, 1.0, FUZZY_CONFIDENCE]
    assert list(find([])) == []


def test_kana_words_are_recognised() -> None:
    assert all_kana("こーひー")
    assert not all_kana("珈琲")
    assert spellable("こーひー")
    assert not spellable("ねこ")


def test_many_threads_may_read_at_once() -> None:
    texts = [f"{number}番目の庭で花を育て、犬と歩く" for number in range(200)]

    with ThreadPoolExecutor(8) as pool:
        meanings = list(pool.map(read, texts))

    assert all("plants" in meaning.liked for meaning in meanings)


@pytest.mark.parametrize(
    "piece", ["畑で土をさわるのがすき", "犬は苦手。花は好き\n", "ア", "ない", "、"]
)
def test_a_very_long_text_stays_fast(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    read("温める")
    before = time.perf_counter()

    read(text)

    # About 0.05 s on an idle core; the margin is for a busy test machine.
    assert time.perf_counter() - before < 2.0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    meaning = read(text)

    assert isinstance(meaning, Meaning)
    assert meaning.liked.keys() <= FACETS.keys()
    assert meaning.disliked.keys() <= FACETS.keys()
    assert not meaning.liked.keys() & meaning.disliked.keys()


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("パソコンを使う", "care"),
        ("階段をのぼる", "art"),
        ("郵便を受け取りに行く", "music"),
        ("何をしたいか分からない", "fixed_end"),
        ("好きな曲を聞くとき", "own_pace"),
        ("町へ行くと疲れる", "place_to_be"),
    ],
)
def test_a_short_piece_of_an_expression_is_not_the_expression(text: str, absent: str) -> None:
    meaning = read(text)

    assert absent not in meaning.liked
    assert absent not in meaning.disliked
