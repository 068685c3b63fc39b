"""What a negation really says, how dialects say it, and what a host says is not asked for."""

import pytest

from catalogue.words import read
from catalogue.words.clauses import Clause, Side
from catalogue.words.denials import concedes, denies, enough, fond, looked_after, misses, passionate
from catalogue.words.dialect import standard
from catalogue.words.tokens import Token, tokenize
from catalogue.words.turns import although, confident


def negation(text: str) -> tuple[list[Token], int]:
    tokens = tokenize(text)
    return tokens, [token.lemma for token in tokens].index("ない")


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("家のことしかしてこなかった", "cleaning"),
        ("犬さえいれば何もいらない", "animals"),
        ("ベランダのトマトだけは枯らさない", "farm"),
        ("着物の端切れを捨てられない", "sewing"),
        ("家計簿を切らしたことがない", "numbers_and_order"),
        ("植物は裏切らない", "plants"),
        ("地震のときに何もできなかった", "safety"),
        ("孫にはもう会えない", "children"),
        ("料理をしなくなった", "cooking"),
        ("ラジオを分解しては親にしかられた", "repair"),
        ("赤ん坊の面倒をずっとみていた", "children"),
    ],
)
def test_fondness_and_loss_are_no_dislike(text: str, facet: str) -> None:
    meaning = read(text)

    assert facet in meaning.liked
    assert facet not in meaning.disliked


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("草取りはこりごり", "outdoors"),
        ("にぎやかな会は息が詰まる", "lively"),
        ("会議はもういい", "planning"),
        ("人混みはもうたくさん", "lively"),
        ("営業だけは勘弁", "shopkeeping"),
        ("電話だけは出たくない", "people"),
        ("料理だけはできない", "cooking"),
        ("電話に出られなくなった", "people"),
        ("掃除が面倒", "cleaning"),
        ("歌は好きではなかった", "music"),
        ("花の世話には行きたくなかった", "plants"),
    ],
)
def test_enough_is_enough(text: str, facet: str) -> None:
    meaning = read(text)

    assert facet in meaning.disliked
    assert facet not in meaning.liked


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("布を縫います。話さなくても大丈夫です", "chatting"),
        ("力仕事はありません", "carrying"),
        ("刃物は使いません。紙を折るだけ", "repair"),
        ("人前に出ることはありません", "people"),
        ("電話応対なし、接客なしの事務", "shopkeeping"),
        ("会話は不要です", "chatting"),
        ("重い物は持たなくてよい", "carrying"),
        ("犬はいません。猫だけです", "walking"),
        ("子どもはいません", "children"),
        ("パソコンは使わず手書きです", "computer"),
        ("虫が苦手な方は室内の作業もあります", "insects"),
        ("運転の必要はありません", "vehicles"),
        ("段取りは紙に書いてあります", "writing"),
        ("家と外の半分ずつ", "outdoors"),
        ("だれかの世話になるのは気がひける", "care"),
    ],
)
def test_what_a_host_does_not_ask_for_is_not_done_there(text: str, absent: str) -> None:
    assert read(text).liked.get(absent, 0.0) < 0.1


def test_what_need_not_be_mastered_is_done_there() -> None:
    assert "cooking" in read("料理ができなくても大丈夫です").liked
    assert "music" in read("歌が下手でもかまいません").liked


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("人前はかなわん", "人前は嫌"),
        ("電話はでけへん", "電話はできない"),
        ("掃除せえへん", "掃除しない"),
        ("犬が好きやねん", "犬が好き"),
        ("虫は好かん", "虫は嫌い"),
        ("電話はやりたくなか", "電話はやりたくない"),
        ("人前は好きやなか", "人前は好きではない"),
        ("歌うのは好いとうよ", "歌うのは好きよ"),
        ("人混みはきつか", "人混みはきつい"),
        ("料理はでぎね", "料理はできない"),
        ("外さ出だくねえ", "外に出たくない"),
        ("人混みはやんだ", "人混みは嫌だ"),
        ("料理はあかん", "料理はだめ"),
        ("しゃべりとうない", "しゃべりたくない"),
        ("家のことしか", "家のことだけしか"),
    ],
)
def test_dialects_are_understood(text: str, usual: str) -> None:
    assert standard(text) == usual
    assert read(text).disliked == read(usual).disliked


@pytest.mark.parametrize(
    "text",
    [
        "ありません",
        "あのへんの話",
        "たいへんです",
        "雨がやんだ",
        "いやだ",
        "背中が痛い",
        "きつかった",
    ],
)
def test_standard_japanese_stays_as_it_is(text: str) -> None:
    assert standard(text) == text


@pytest.mark.parametrize(
    ("text", "fondly"),
    [
        ("読書しかない", True),
        ("水やりは欠かさない", True),
        ("これだけは譲らない", True),
        ("これだけはできない", False),
        ("切らしたくない", False),
        ("しない", False),
    ],
)
def test_a_negation_may_speak_for_something(text: str, fondly: bool) -> None:
    assert fond(*negation(text)) is fondly


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("できなかった", True),
        ("来なくなった", True),
        ("もう会えない", True),
        ("出られなくなった", False),
        ("行きたくなかった", False),
        ("もう飲まない", False),
    ],
)
def test_a_negation_may_tell_of_a_loss(text: str, missed: bool) -> None:
    assert misses(*negation(text)) is missed


def test_what_need_not_be_is_conceded() -> None:
    assert concedes(*negation("話さなくてもいい"))
    assert concedes(*negation("持たなくてよい"))
    assert not concedes(*negation("話さなくて困る"))
    assert not concedes(*negation("話さない"))


def test_small_words_before_a_cue_decide() -> None:
    assert [denies(token) for token in tokenize("接客なし")] == [False, True]
    assert enough(tokenize("もういい"), 1)
    assert not enough(tokenize("いい"), 0)
    assert looked_after(tokenize("面倒をみる"), 0)
    assert not looked_after(tokenize("面倒だ"), 0)
    scolded = tokenize("分解しては叱られた")
    assert passionate(scolded, [token.lemma for token in scolded].index("叱る"))
    assert not passionate(tokenize("叱られた"), 0)


@pytest.mark.parametrize(
    ("clause", "side"),
    [
        (Clause(negations=1, conceded=True), Side.NEITHER),
        (Clause(negations=1, conceded=True, able=True), Side.LIKED),
        (Clause(averse=1, conceded=True), Side.DISLIKED),
        (Clause(regret=True), Side.LIKED),
        (Clause(regret=True, averse=1), Side.DISLIKED),
        (Clause(regret=True, worry=True), Side.NEITHER),
    ],
)
def test_concessions_and_regrets_are_weighed(clause: Clause, side: Side) -> None:
    assert clause.verdict()[0] is side


def test_confidence_is_no_worry() -> None:
    assert "cooking" in read("料理に自信がある").liked
    assert "numbers_and_order" not in read("計算に自信がない").liked
    assert confident(tokenize("自信がつく"), 0)
    assert not confident(tokenize("自信がありません"), 0)


@pytest.mark.parametrize(
    ("text", "against"),
    [("好きなのに", True), ("できるのに", True), ("聞くのに", False), ("に", False)],
)
def test_although_sets_against_what_was_said(text: str, against: bool) -> None:
    tokens = tokenize(text)

    assert although(tokens, len(tokens) - 1) is against


def test_what_is_said_before_although_stays() -> None:
    meaning = read("歌は好きなのに人前は無理")

    assert "music" in meaning.liked
    assert "people" in meaning.disliked
