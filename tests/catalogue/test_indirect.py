"""What is said indirectly: lack, pride, idioms of the body, topics, labels, gifts and dialect."""

import pytest

from catalogue.words import FACETS, read
from catalogue.words.cues import PRIDE
from catalogue.words.denials import (
    aside,
    going_on,
    labelled,
    lacks,
    unasked,
    unshown,
    untried,
)
from catalogue.words.dialect import standard
from catalogue.words.idioms import plain
from catalogue.words.tokens import Token, tokenize
from catalogue.words.turns import spoken_of
from catalogue.words.vocabulary import vocabulary
from tests.catalogue.ticking import disliked, liked, precision_and_recall, sentences

SURE = 0.4


def negation(text: str) -> tuple[list[Token], int]:
    tokens = tokenize(text)
    return tokens, max(at for at, token in enumerate(tokens) if token.lemma == "ない")


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("ここ二週間、友人と話してない", "chatting"),
        ("もう半年、ギターを弾いてない", "music"),
        ("墓参りのついでの畑に、ずっと行けてないんです", "farm"),
        ("最近、本を開けてない", "words_and_books"),
        ("何年も編み物ができていない", "sewing"),
        ("カラオケで一緒に歌ってくれる人がいない", "music"),
        ("将棋を指す相手がいなくなった", "games"),
    ],
)
def test_what_is_missed_is_wished_for(text: str, facet: str) -> None:
    meaning = read(text)

    assert meaning.liked.get(facet, 0) >= SURE
    assert facet not in meaning.disliked


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("酒は飲んでいない", "tea_and_coffee"),
        ("接客はしていません", "shopkeeping"),
        ("うるさく叱る人がいない", "people"),
    ],
)
def test_what_simply_is_not_is_no_wish(text: str, facet: str) -> None:
    assert facet not in read(text).liked


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("孫としゃべってない", True),
        ("会っていない", True),
        ("字が書けてない", True),
        ("犬を飼ってない", False),
    ],
)
def test_a_lack_is_told_from_a_refusal(text: str, *, lacking: bool) -> None:
    assert lacks(*negation(text)) is lacking


@pytest.mark.parametrize(
    ("text", "goes_on"), [("話してない", True), ("話していない", True), ("話さない", False)]
)
def test_what_is_not_going_on_is_told_by_its_verb(text: str, *, goes_on: bool) -> None:
    assert going_on(*negation(text)) is goes_on


def test_never_done_is_neither_wanted_nor_refused() -> None:
    meaning = read("陶芸はやったことがない")

    assert "crafts" not in meaning.liked
    assert "crafts" not in meaning.disliked
    assert untried(*negation("編んだことがない"))
    assert not untried(*negation("編むことはない"))


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("詩は、家族にも見せたことがない", "writing"),
        ("ハーモニカを人前で吹いたことはない", "music"),
    ],
)
def test_never_shown_is_done_all_the_same(text: str, facet: str) -> None:
    meaning = read(text)

    assert facet in meaning.liked
    assert facet not in meaning.disliked
    assert unshown(*negation(text))


@pytest.mark.parametrize(
    "text",
    [
        "人の世話になりたくない",
        "ひとさまに頭を下げるのはごめんだ",
        "もらってばかりは肩身が狭い",
        "人の手を借りるくらいなら一人でやる",
    ],
)
def test_pride_is_no_word_for_or_against_caring(text: str) -> None:
    meaning = read(text)

    assert "care" not in {facet for facet, sure in meaning.liked.items() if sure >= SURE}
    assert "care" not in meaning.disliked
    assert "being_needed" not in meaning.disliked


def test_every_concept_of_pride_is_in_the_vocabulary() -> None:
    assert vocabulary().concepts.keys() >= PRIDE


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("会社の話はされたくない", "earning"),
        ("離婚のことを聞かれたくない", "family"),
        ("受験の話は今はいい", "young_people"),
        ("介護の話はしたくない", "care"),
        ("介護の話はしたくない", "peers"),
    ],
)
def test_a_topic_to_be_left_alone_is_no_dislike(text: str, facet: str) -> None:
    assert facet not in read(text).disliked


def test_a_thing_set_aside_to_its_last_letter_is_disliked() -> None:
    assert "cooking" in read("料理のりの字も聞きたくない").disliked


@pytest.mark.parametrize(
    ("text", "facet"),
    [("老人扱いはやめて", "elders"), ("お年寄りと呼ばれるのは早い", "elders")],
)
def test_a_name_that_others_give_is_not_heard(text: str, facet: str) -> None:
    assert facet not in {**read(text).liked, **read(text).disliked}


@pytest.mark.parametrize(
    ("text", "place", "label"),
    [
        ("子ども扱い", 1, True),
        ("先生と呼ぶ", 1, True),
        ("先生と話す", 1, False),
        ("先生", 1, False),
    ],
)
def test_a_label_is_told_by_what_follows(text: str, place: int, *, label: bool) -> None:
    assert labelled(tokenize(text), place) is label


@pytest.mark.parametrize(
    ("text", "left"),
    [("年を聞かれたくない", True), ("年を聞きたくない", False), ("犬に触られたくない", False)],
)
def test_what_others_shall_not_ask_is_told_from_what_one_does_not_want(
    text: str, *, left: bool
) -> None:
    assert unasked(*negation(text)) is left


@pytest.mark.parametrize(
    ("text", "topic"), [("釣りの話", True), ("行った話", True), ("犬と話", False)]
)
def test_talk_has_a_topic_or_is_talk(text: str, *, topic: bool) -> None:
    tokens = tokenize(text)
    assert spoken_of(tokens[-2]) is topic
    assert spoken_of(None) is False


@pytest.mark.parametrize(
    ("text", "liked", "disliked"),
    [
        ("にぎやかな広場は、見るだけで目が回る", set(), {"lively"}),
        ("電話が鳴るだけで冷や汗が出る", set(), {"people"}),
        ("機械をいじると胸がおどる", {"machines"}, set()),
        ("子どもに懐かれるのは悪い気はしない", {"children"}, set()),
        ("後輩に教えるのもやぶさかではない", {"teaching"}, set()),
    ],
)
def test_the_body_tells_what_one_likes(text: str, liked: set[str], disliked: set[str]) -> None:
    meaning = read(text)

    assert liked <= meaning.liked.keys()
    assert disliked <= meaning.disliked.keys()


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("誰かの晩ごはんの足しになるなら", {"being_needed"}),
        ("孫の首に巻くもんを編みたい", {"sewing", "hands"}),
        ("うまいって食ってもらえたら満足だ", {"food_for_others"}),
        ("だれもいない浜がいい", {"quiet", "alone", "sea_and_hills"}),
        ("海図も空も読める。潮を読むのは得意", {"sea_and_hills", "nature"}),
        ("座ってばかりじゃ足が弱る", {"body"}),
        ("勘定がぴたりと合うと気持ちがいい", {"numbers_and_order"}),
        ("油のにおいをかぐと落ち着く", {"machines", "repair"}),
    ],
)
def test_everyday_images_are_understood(text: str, facets: set[str]) -> None:
    sure = {facet for facet, weight in read(text).liked.items() if weight >= SURE}

    assert facets <= sure


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("体は動ぐよ", "体は動くよ"),
        ("運動ぐらいは", "運動ぐらいは"),
        ("犬が好ぎだ", "犬が好きだ"),
        ("何か作りてえな", "何か作りたいな"),
        ("行かねえ", "行かない"),
        ("だからねえ", "だからねえ"),
        ("それね", "それね"),
        ("誰も知らね", "誰も知らない"),
        ("若いのに負けね", "若いのに負けない"),
        ("手ぇが動く", "手が動く"),
        ("山ば見る", "山を見る"),
        ("十月半ば過ぎ", "十月半ば過ぎ"),
        ("しゃべらんでもいい", "しゃべらなくてもいい"),
        ("お母さんでいい", "お母さんでいい"),
        ("うまいもんを食う", "うまいものを食う"),
    ],
)
def test_more_endings_become_standard(said: str, meant: str) -> None:
    assert standard(said) == meant


@pytest.mark.parametrize("text", ["花を植える。犬がいる", "いい汗が出る", "人がいない所", ""])
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(("text", "clears"), [("雪をよける", True), ("雪を避ける", False)])
def test_clearing_away_is_no_avoiding(text: str, *, clears: bool) -> None:
    assert aside(tokenize(text)[-1]) is clears


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("定員は3人", "quiet"),
        ("軍手と帽子をお持ちください", "sewing"),
        ("駅前から送迎あり", "vehicles"),
        ("猫の砂をかえる", "sea_and_hills"),
        ("図面を読む", "words_and_books"),
        ("テレビを見て笑う", "chatting"),
    ],
)
def test_things_and_numbers_alone_say_little(text: str, absent: str) -> None:
    assert read(text).liked.get(absent, 0) < SURE


def test_a_greeting_is_no_refusal() -> None:
    assert "elders" not in read("お年寄りに、お変わりないですかと電話をする").disliked


@pytest.mark.parametrize(
    ("tag", "facet"),
    [
        ("outdoor_work", "outdoors"),
        ("talk_optional", "being_beside_others"),
        ("place_to_be", "place_to_be"),
        ("morning", "morning"),
        ("repair", "repair"),
    ],
)
def test_tags_of_the_exchange_format_are_words(tag: str, facet: str) -> None:
    assert read(tag).liked.get(facet, 0) >= SURE


def test_most_of_what_is_meant_is_heard() -> None:
    everything = sentences()
    known, unknown = liked(everything[0::2]), liked(everything[1::2])

    # What they reach, less a margin of two or three facets.
    assert known[0] >= 0.77
    assert known[1] >= 0.74
    assert unknown[0] >= 0.66
    assert unknown[1] >= 0.68
    assert disliked(everything)[0] >= 0.4


def test_every_ticked_facet_is_a_facet_and_no_sentence_stands_twice() -> None:
    everything = sentences()

    assert len({one.said for one in everything}) == len(everything)
    assert all(one.liked | one.may | one.disliked <= FACETS.keys() for one in everything)
    assert not any(one.liked & one.disliked for one in everything)


def test_precision_and_recall_are_counted_by_facets() -> None:
    must, may = frozenset({"music", "art"}), frozenset({"quiet"})

    assert precision_and_recall([({"music", "quiet", "farm"}, must, may)]) == (2 / 3, 1 / 2)
    assert precision_and_recall([]) == (0.0, 0.0)
