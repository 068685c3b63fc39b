"""Closeness of tokens: rarity, concepts that count double, and what may be shown."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import CONCEPT, fit, spoken

DOCUMENTS = st.lists(st.lists(st.sampled_from("庭畑歌絵本"), max_size=6), min_size=1, max_size=8)


def test_a_shared_concept_is_closer_than_a_shared_word() -> None:
    text = fit([(CONCEPT + "shogi", "紙"), ("会", "箱"), (CONCEPT + "go", "会"), ()])
    by_concept, by_word, *rest = text.closeness([CONCEPT + "shogi", "箱"])

    assert by_concept > by_word > 0
    assert rest == [0.0, 0.0]


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    text = fit([("会", "笛"), ("会", "箱"), ("会", "紙"), ("会", "歌")])
    close = text.closeness(["会", "笛"])

    assert close[0] == pytest.approx(1.0)
    assert close[0] > 2 * close[1] > 0


@given(DOCUMENTS)
def test_every_activity_is_closest_to_its_own_words(documents: list[list[str]]) -> None:
    text = fit([tuple(dict.fromkeys(one)) for one in documents])
    for row, document in enumerate(documents):
        close = text.closeness(document)
        assert close.max() <= 1 + 1e-9
        if document:
            assert close[row] == pytest.approx(1.0)


@given(DOCUMENTS, st.sampled_from("庭畑歌絵本"))
def test_closeness_is_what_counting_by_hand_gives(documents: list[list[str]], word: str) -> None:
    close = fit(documents).closeness([word])
    number = {w: sum(w in one for one in documents) for w in "庭畑歌絵本"}
    rarity = {w: np.log((1 + len(documents)) / (1 + n)) + 1 for w, n in number.items()}
    for row, document in enumerate(documents):
        length = np.sqrt(sum((document.count(w) * rarity[w]) ** 2 for w in set(document)))
        own = document.count(word) * rarity[word] / length if word in document else 0.0
        assert close[row] == pytest.approx(own)


def test_concepts_are_not_shown() -> None:
    assert spoken([CONCEPT + "shogi", "将棋"]) == {"将棋"}


def test_many_activities_are_weighed_in_a_moment() -> None:
    documents = [[f"{(row * step) % 997}" for step in range(1, 30)] for row in range(10_000)]
    before = time.perf_counter()

    text = fit(documents)

    # About 0.1 s on an idle core; the margin is for a busy test machine.
    assert time.perf_counter() - before < 3.0
    assert text.size == 10_000
