"""What is liked and what is not: aversions, negations, worries, conditions and contrasts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.words import read
from catalogue.words.clauses import RATHER, STRONG, WEAK, Clause, Side
from catalogue.words.listening import hear
from catalogue.words.tokens import tokenize
from catalogue.words.turns import contrasts, gives_reason, hesitates, runs, telling, wonders

_BITS = [
    "犬",
    "料理",
    "花火",
    "は",
    "が",
    "苦手",
    "好き",
    "ない",
    "と",
    "、",
    "。",
    "より",
    "たくない",
    "なの",
    "て",
]


@pytest.mark.parametrize(
    ("text", "liked", "disliked"),
    [
        ("ハチはこりごりだが、庭や蜜には興味がある", {"plants", "cooking"}, {"insects"}),
        ("人を写すのはこわい。光とか影なら", {"photo"}, {"people"}),
        ("料理は好きで、掃除は苦手", {"cooking"}, {"cleaning"}),
        ("猫がすき。大きな音がだめ", {"animals"}, {"lively"}),
        ("電話は無理。でも手紙なら書ける", {"writing"}, {"people"}),
        ("体を動かすのはいいけど人混みは避けたい", {"body"}, {"lively"}),
        ("畑は好きだけれど虫はちょっと…", {"farm"}, {"insects"}),
        ("料理は不得意だが裁縫は得意", {"sewing"}, {"cooking"}),
        ("楽器は楽しい。人前に出たくない", {"music"}, {"people"}),
        ("外に出るのが怖い。家でできることがいい", {"alone"}, {"outdoors"}),
        ("しかし計算は嫌い。花は好き", {"plants"}, {"numbers_and_order"}),
    ],
)
def test_likes_and_dislikes_are_told_apart(text: str, liked: set[str], disliked: set[str]) -> None:
    meaning = read(text)

    assert liked <= meaning.liked.keys()
    assert disliked <= meaning.disliked.keys()
    assert not disliked & meaning.liked.keys()
    assert not liked & meaning.disliked.keys()


@pytest.mark.parametrize(
    "text",
    [
        "犬が嫌い",
        "犬は苦手です",
        "犬はこわい",
        "犬はもうこりごり",
        "犬は無理",
        "犬には近づきたくない",
        "犬にはさわれないのでつらい",
        "犬は避けたい",
        "犬はやめたほうがいい",
        "犬とはいないほうがいい",
        "犬は好きではない",
        "犬はあまり得意じゃない",
        "犬に興味がない",
        "嫌いなのは犬",
        "苦手なのは、犬です",
        "苦手な犬がいる",
        "犬、鳥、猫は苦手",
        "犬がこわくて行けない",
        "犬が多いと疲れてしまうので行けない",
        "犬アレルギー",
        "犬は困ります",
    ],
)
def test_an_aversion_is_heard_on_the_other_side(text: str) -> None:
    meaning = read(text)

    assert "animals" in meaning.disliked
    assert "animals" not in meaning.liked
    assert "犬" not in meaning.tokens


@pytest.mark.parametrize(
    "text",
    [
        "犬は嫌いではない",
        "犬は嫌いじゃないです",
        "犬が苦手なわけではない",
        "犬がいないと落ち着かない",
        "犬がいないと寂しい",
        "犬がいないと困る",
        "犬のことが忘れられない",
        "犬の世話は苦にならない",
        "犬の世話をしなければならない",
        "犬しか好きになれない",
        "犬なら平気",
        "好きなのは犬、苦手なのは電話",
        "嫌なことを忘れられるから犬がいい",
        "怒らない人と犬の散歩がしたい",
    ],
)
def test_two_refusals_undo_each_other(text: str) -> None:
    meaning = read(text)

    assert "animals" in meaning.liked
    assert "animals" not in meaning.disliked


@pytest.mark.parametrize("text", ["人が多くなければ外に出られる", "人が多くないなら行ける"])
def test_a_condition_that_something_be_absent_speaks_against_it(text: str) -> None:
    meaning = read(text)

    assert "lively" in meaning.disliked
    assert "lively" not in meaning.liked


@pytest.mark.parametrize("text", ["歌がないと生きていけない", "歌わなければ気がすまない"])
def test_what_one_cannot_do_without_is_liked(text: str) -> None:
    assert "music" in read(text).liked


def test_a_plain_negation_reaches_back_to_the_last_reason_only() -> None:
    meaning = read("庭の花に水をやるので、電話には出ません")

    assert "plants" in meaning.liked
    assert "people" in meaning.disliked


def test_something_accepted_survives_a_mild_negation() -> None:
    assert "chatting" in read("おしゃべりなら、つかれを感じない").liked
    assert "chatting" in read("おしゃべりなら無理").disliked


@pytest.mark.parametrize(
    "text",
    [
        "間違えたらどうしよう",
        "うまくできるか心配",
        "お金の計算が不安",
        "居場所がない",
        "友だちがいない",
    ],
)
def test_a_worry_or_a_lack_is_not_a_dislike(text: str) -> None:
    assert read(text).disliked == {}


def test_a_worry_does_not_become_a_liking_either() -> None:
    assert "numbers_and_order" not in read("お金の計算が不安").liked


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("話さなくていい", "quiet"),
        ("黙っていられる場所", "quiet"),
        ("何もしなくていい", "place_to_be"),
        ("動いていないと落ち着かない", "body"),
        ("怒らない人がいい", "quiet"),
        ("ノルマはありません", "small_quota"),
        ("急がなくてもいい", "own_pace"),
        ("人がいないところ", "quiet"),
    ],
)
def test_an_expression_may_carry_its_own_negation(text: str, facet: str) -> None:
    meaning = read(text)

    assert facet in meaning.liked
    assert not meaning.disliked


def test_what_is_set_aside_by_a_comparison_is_weakly_disliked() -> None:
    meaning = read("人と話すより、動物といるほうがいい")

    assert "animals" in meaning.liked
    assert 0 < meaning.disliked["chatting"] < 0.5


def test_who_dislikes_a_chore_does_not_dislike_what_is_related_to_it() -> None:
    meaning = read("皿洗いは苦手")

    assert "cleaning" in meaning.disliked
    assert "food_for_others" not in meaning.disliked


def test_every_word_is_heard_on_one_side() -> None:
    heard = list(hear("犬は好きだけど猫は苦手"))

    assert {word.side for word in heard} == {Side.LIKED, Side.DISLIKED}
    assert all(0 < word.strength <= 1 for word in heard)


@pytest.mark.parametrize(
    ("clause", "side", "strength"),
    [
        (Clause(), Side.LIKED, STRONG),
        (Clause(liking=True), Side.LIKED, STRONG),
        (Clause(averse=1), Side.DISLIKED, STRONG),
        (Clause(averse=2), Side.DISLIKED, STRONG),
        (Clause(averse=1, negations=1), Side.LIKED, STRONG),
        (Clause(negations=1), Side.DISLIKED, WEAK),
        (Clause(negations=1, able=True), Side.DISLIKED, STRONG),
        (Clause(negations=1, liking=True), Side.DISLIKED, STRONG),
        (Clause(negations=1, lacking=True), Side.NEITHER, WEAK),
        (Clause(negations=1, accepted=True), Side.LIKED, STRONG),
        (Clause(negations=2), Side.LIKED, STRONG),
        (Clause(worry=True), Side.NEITHER, WEAK),
        (Clause(worry=True, averse=1), Side.DISLIKED, STRONG),
    ],
)
def test_cues_are_weighed(clause: Clause, side: Side, strength: float) -> None:
    assert clause.verdict() == (side, strength)


def test_a_refused_main_clause_speaks_for_its_condition() -> None:
    main = Clause(waiting=["犬"], negations=1).suppose(if_not=True)
    main.waiting.append("外")
    main.negations = 1

    assert {word.lemma: word.side for word in main.settle()} == {
        "犬": Side.LIKED,
        "外": Side.NEITHER,
    }


def test_strengths_are_in_order() -> None:
    assert 0 < RATHER < WEAK < STRONG == 1


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("犬", True),
        ("犬、猫", True),
        ("料理は好きだが、", True),
        ("花を育てる、", True),
        ("人が多くて、", False),
        ("苦手なのは、", False),
        ("犬、", False),
    ],
)
def test_a_clause_is_complete_or_goes_on_after_the_comma(text: str, complete: bool) -> None:
    assert list(runs(tokenize(text)))[-1][1] is complete


def test_turns_of_a_sentence_are_recognised() -> None:
    assert any(contrasts(token) for token in tokenize("好きだけど"))
    assert any(contrasts(token) for token in tokenize("しかし行く"))
    assert not any(contrasts(token) for token in tokenize("犬が好き"))
    frightened = tokenize("こわくて行く")
    assert [gives_reason(frightened, place) for place in range(len(frightened))].count(True) == 1
    allowed = tokenize("行かなくてもいい")
    assert not any(gives_reason(allowed, place) for place in range(len(allowed)))
    worried = tokenize("どうしよう")
    assert wonders(worried, 0)
    unsure = tokenize("虫はちょっと")
    assert hesitates(unsure, len(unsure) - 1)
    assert not hesitates(tokenize("ちょっと"), 0)


def test_only_telling_words_are_kept() -> None:
    assert [token.lemma for token in tokenize("私は毎週3回庭へ行く") if telling(token)] == [
        "毎週",
        "庭",
    ]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_BITS), max_size=14).map("".join))
def test_any_mixture_of_cues_can_be_read(text: str) -> None:
    meaning = read(text)

    assert not meaning.liked.keys() & meaning.disliked.keys()


@given(st.sampled_from(["庭いじり", "料理", "ピアノ", "将棋", "釣り", "編み物"]))
def test_a_plain_interest_and_its_aversion_are_opposites(word: str) -> None:
    liked, disliked = read(f"{word}が好き"), read(f"{word}は苦手")

    assert not liked.disliked
    assert not disliked.liked
    assert disliked.disliked.keys() <= liked.liked.keys()
