"""How people say things: width, order, joining, cues and doubts of free words."""

from dataclasses import replace

import jaconv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.portrait import ticked
from catalogue.profiles import Meaning
from catalogue.words import FACETS, read
from catalogue.words.spelling import LONGEST, SHORTEST, sound, spellable
from catalogue.words.tokens import fold, normalise, sentences, tokenize
from catalogue.words.turns import gives_reason, hesitates, runs, wonders

SENTENCES = st.sampled_from(
    [
        "犬は好き",
        "犬は苦手",
        "料理ならできる",
        "庭の花に水をやりたい",
        "電話はこわい",
        "掃除は嫌いではない",
        "カメラとパソコン",
        "将棋を教えたい",
        "",
        "うまくできるか心配",
    ]
)


@settings(deadline=None)
@given(one=SENTENCES, other=SENTENCES)
def test_texts_may_be_joined_in_any_order(one: str, other: str) -> None:
    first, second = read(one, other), read(other, one)
    assert (first.liked, first.disliked) == (second.liked, second.disliked)


@settings(deadline=None)
@given(text=SENTENCES, times=st.integers(2, 4))
def test_saying_it_again_does_not_make_it_surer(text: str, times: int) -> None:
    once = read(text)
    again = read("。".join([text] * times))
    assert (again.liked, again.disliked) == (once.liked, once.disliked)


@settings(deadline=None)
@given(one=SENTENCES, other=SENTENCES)
def test_a_full_stop_keeps_two_sentences_apart(one: str, other: str) -> None:
    joined, apart = read(f"{one}。{other}"), read(one, other)
    assert (joined.liked, joined.disliked) == (apart.liked, apart.disliked)


@settings(deadline=None)
@given(text=SENTENCES)
def test_half_width_kana_mean_what_full_width_kana_mean(text: str) -> None:
    narrow, wide = read(jaconv.z2h(text)), read(text)
    assert replace(narrow, said=wide.said) == wide


@pytest.mark.parametrize("end", ["。", "．", "！", "？", "!", "?", "\n", "\r\n", "。。\n\n"])
def test_every_end_of_a_sentence_ends_it(end: str) -> None:
    meaning = read(f"犬は苦手{end}花は好き")
    assert "animals" in meaning.disliked
    assert "plants" in meaning.liked


@pytest.mark.parametrize(
    "turn", ["けれど、", "けど", "が、", "のに、", "。でも、", "。ただ、", "。しかし"]
)
def test_every_contrast_turns_the_sense(turn: str) -> None:
    meaning = read(f"犬は苦手だ{turn}花は好き" if turn != "のに、" else "犬は苦手なのに、花は好き")
    assert "animals" in meaning.disliked
    assert "plants" in meaning.liked


@given(text=st.text(max_size=80))
def test_normal_form_is_stable_and_folding_touches_katakana_only(text: str) -> None:
    shape = normalise(normalise(text))
    assert len(fold(shape)) == len(shape)
    assert fold(fold(shape)) == fold(shape)
    kept = [sign for sign in shape if not "ァ" <= sign <= "ヾ"]
    assert all(sign in fold(shape) for sign in kept)


@given(text=st.text(alphabet="花犬。\n!あ", max_size=60))
def test_sentences_lose_nothing_but_their_ends(text: str) -> None:
    assert "".join(sentences(text)) == "".join(sign for sign in text if sign not in "。\n!")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("らーめん", "らあめん"),
        ("おかあさん", "おかーさん"),
        ("とおり", "とーり"),
        ("けいき", "けーき"),
        ("ぎゅうにゅう", "ぎゅーにゅー"),
        ("すうぱあ", "すーぱー"),
    ],
)
def test_a_long_vowel_sounds_alike_however_it_is_written(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@given(word=st.text(alphabet="かきくけこさしすせそなにぬねのー", min_size=1, max_size=12))
def test_a_sound_has_no_two_long_marks_in_a_row_and_is_never_longer(word: str) -> None:
    heard = sound(word)
    assert "ーー" not in heard
    assert len(heard) <= len(word)
    assert sound(heard) == heard


@pytest.mark.parametrize(
    ("word", "may"),
    [
        ("あ" * (SHORTEST - 1), False),
        ("あ" * SHORTEST, True),
        ("あ" * LONGEST, True),
        ("あ" * (LONGEST + 1), False),
        ("プラモデル", False),
        ("ぷらもでる", True),
        ("花あそび", False),
    ],
)
def test_only_kana_words_of_middling_length_are_mended(word: str, *, may: bool) -> None:
    assert spellable(word) is may


def test_runs_end_at_commas_brackets_and_spaces_and_lose_no_word() -> None:
    tokens = tokenize("犬、猫(小さい) 鳥・魚")
    assert ["".join(token.surface for token in run) for run, _ in runs(tokens)] == [
        "犬",
        "猫",
        "小さい",
        "鳥",
        "魚",
    ]
    assert list(runs([])) == []
    assert list(runs(tokenize("、、"))) == []


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("こわくて行けない", "て", True),
        ("疲れるので行けない", "で", False),
        ("疲れるから行けない", "から", True),
        ("話さなくてもいい", "て", False),
        ("行かなくては", "て", False),
    ],
)
def test_a_reason_is_told_from_a_leave(text: str, word: str, *, reason: bool) -> None:
    tokens = tokenize(text)
    places = [at for at, token in enumerate(tokens) if token.surface == word]
    assert [gives_reason(tokens, at) for at in places] == [reason] * len(places)


def test_a_polite_no_stands_at_the_end_of_something() -> None:
    for text, no in (("虫はちょっと", True), ("ちょっと", False), ("ちょっと歩く", False)):
        tokens = tokenize(text)
        assert any(hesitates(tokens, at) for at in range(len(tokens))) is no


def test_only_a_wish_to_do_something_about_it_is_a_wonder() -> None:
    for text, doubt in (("どうしよう", True), ("どうする", False), ("どう", False)):
        tokens = tokenize(text)
        assert any(wonders(tokens, at) for at in range(len(tokens))) is doubt


NAMES = st.sets(st.sampled_from(sorted(FACETS)), max_size=5)
WEIGHTS = st.dictionaries(st.sampled_from(sorted(FACETS)), st.floats(0.01, 1), max_size=6)


@given(liked=WEIGHTS, disliked=WEIGHTS, likes=NAMES, dislikes=NAMES)
def test_a_tick_is_obeyed_and_words_count_half_beside_it(
    *, liked: dict[str, float], disliked: dict[str, float], likes: set[str], dislikes: set[str]
) -> None:
    likes -= dislikes
    found = ticked(Meaning(liked, disliked, ("庭",)), likes, dislikes)
    assert all(found.liked[name] == 1.0 and name not in found.disliked for name in likes)
    assert all(found.disliked[name] == 1.0 and name not in found.liked for name in dislikes)
    untouched = FACETS.keys() - likes - dislikes
    share = 0.5 if likes else 1.0
    for before, after, left in ((liked, found.liked, share), (disliked, found.disliked, 1.0)):
        assert {name: before[name] * left for name in untouched & before.keys()} == {
            name: after[name] for name in untouched & after.keys()
        }


@pytest.mark.parametrize("text", ["犬は苦手", "虫はちょっと…", "電話がこわい"])
def test_what_is_disliked_leaves_no_word_for_the_search(text: str) -> None:
    meaning = read(text)
    assert meaning.disliked
    assert meaning.tokens == ()
