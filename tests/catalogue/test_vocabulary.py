"""The vocabulary file holds together, and finds for wishes the activities they mean."""

import pytest

from catalogue.words import FACETS, VERSION, VocabularyFault, cues, read
from catalogue.words.lexicon import lexicon
from catalogue.words.parsing import RELATED_TOP, parse
from catalogue.words.tokens import EMPTY, tokenize
from catalogue.words.vocabulary import vocabulary
from tests.catalogue.recall import Pair, found, pairs, recall

# What each group reaches, less a margin of two or three pairs. The misses of e are not read.
FLOORS = {"a": 0.92, "b": 0.88, "c": 0.89, "d": 0.92, "e": 0.72, "f": 0.77, "g": 0.86}


@pytest.mark.parametrize("group", FLOORS)
def test_wishes_find_the_activities_they_mean(group: str) -> None:
    reached = recall(pairs(group))

    assert reached >= FLOORS[group], f"group {group}: recall@5 is {reached:.3f}"


def test_characters_and_concepts_find_more_than_facets_alone() -> None:
    fresh = [pair for pair in pairs() if pair.group in ("d", "e", "f", "g")]

    assert recall(fresh) > recall(fresh, "facets") > recall(fresh, "words")


def test_ticked_facets_find_what_words_do_not() -> None:
    silent = [Pair(f"あれ{number}", f"それ{number}") for number in range(9)]
    ticks = Pair("あれ", "それ", wish_facets=["music"], activity_facets=["music"])

    assert found([*silent, ticks]) == [False] * 9 + [True]


def test_there_are_enough_pairs_and_none_stands_twice() -> None:
    everything = pairs()

    assert len(everything) >= 350
    assert len({pair.wish for pair in everything}) == len(everything)
    assert len({pair.activity for pair in everything}) == len(everything)


def test_no_pair_is_merely_a_line_of_the_vocabulary() -> None:
    expressions = {word for concept in vocabulary().concepts.values() for word in concept.words}
    long_ones = {word for word in expressions if len(word) > 8}

    fresh = [pair for pair in pairs() if pair.group in ("c", "d", "e", "f", "g")]

    assert not long_ones & {pair.activity for pair in fresh}
    assert not long_ones & {pair.wish for pair in fresh}


def test_the_vocabulary_is_as_large_as_the_guide_says() -> None:
    concepts = vocabulary().concepts.values()

    assert 40 <= len(FACETS) <= 60
    assert len(concepts) >= 480
    assert sum(len(concept.words) for concept in concepts) >= 6_500
    assert all(len(concept.words) > 1 for concept in concepts)
    assert VERSION


def test_every_facet_is_pointed_to_by_a_concept_and_named_twice() -> None:
    named = {name for concept in vocabulary().concepts.values() for name in concept.facets}

    assert named == FACETS.keys()
    for facet in FACETS.values():
        assert facet.ja
        assert facet.en.isascii()


def test_neighbours_are_facets_and_opposites_see_each_other() -> None:
    for facet in FACETS.values():
        assert facet.name not in facet.related
        assert facet.related.keys() <= FACETS.keys()
        assert all(0 < share <= RELATED_TOP for share in facet.related.values())
        if facet.opposite:
            assert FACETS[facet.opposite].opposite == facet.name


def test_every_expression_is_read_as_its_own_concept() -> None:
    silent = [
        (concept.name, word)
        for concept in vocabulary().concepts.values()
        for word in concept.words
        if not concept.facets.keys() & {**read(word).liked, **read(word).disliked}.keys()
    ]

    # A few are cut by punctuation or are turned by a cue inside a longer phrase.
    assert len(silent) <= 10, silent


def test_every_expression_is_indexed() -> None:
    lexemes = lexicon()

    assert len(lexemes.surfaces) >= 6_500
    assert all(lexemes.lemmas)
    assert set(lexemes.kana) <= lexemes.surfaces.keys()


@pytest.mark.parametrize(
    "table", ["AVERSE", "LIKING", "WORRY", "FOND_NEGATIONS", "ABILITY", "TRANSPARENT", "COMMON"]
)
def test_cues_are_written_as_the_dictionary_normalises_them(table: str) -> None:
    words = getattr(cues, table)
    odd = {
        word: [token.lemma for token in tokenize(word)]
        for word in words
        if not {token.lemma for token in tokenize(word)} <= words
    }

    assert not odd


def test_words_of_grammar_are_no_content() -> None:
    assert not any(token.content for token in tokenize("のはがを、。です"))
    assert "為る" in EMPTY


SMALL = """\
version: 1
facets:
- {id: plants, ja: 花, en: plants, broader: nature}
- {id: nature, ja: 自然, en: nature, related: {plants: 0.4}}
concepts:
- {id: garden, facets: {plants: 0.8}, words: [庭, 庭いじり]}
- {id: wood, facets: {nature: 1}, words: [森]}
"""


def test_a_small_file_is_read() -> None:
    small = parse(SMALL)

    assert small.version == "1"
    assert small.concepts["garden"].words == ("庭", "庭いじり")
    assert small.concepts["garden"].spread == pytest.approx({"plants": 0.8, "nature": 0.24})
    assert small.concepts["wood"].spread == pytest.approx({"nature": 1.0, "plants": 0.4})


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{plants: 0.8}", "{plant: 0.8}", r"line 6: .*'garden'.*unknown facet 'plant'"),
        ("{plants: 0.8}", "{plants: 1.8}", r"line 6: .*'plants' must lie in \(0, 1\]"),
        ("{plants: 0.8}", "{plants: 0}", r"line 6: .*must lie in"),
        ("{plants: 0.8}", "{plants: much}", r"line 6: .*must be a number"),
        ("{plants: 0.8}", "{}", r"line 6: concept 'garden' points to no facet"),
        ("{plants: 0.8}", "plants", r"line 6: .*must be a mapping"),
        ("[森]", "[庭]", r"line 7: '庭' stands in 'garden' and in 'wood'"),
        ("[森]", "[]", r"line 7: words of 'wood' must be a list that is not empty"),
        ("[森]", "['']", r"line 7: expected a word that is not empty"),
        ("[森]", "[[森]]", r"line 7: expected a word"),
        ("id: wood", "id: garden", r"line 7: concept 'garden' stands twice"),
        (", words: [森]", "", r"line 7: a concept lacks words"),
        ("id: nature", "id: plants", r"line 4: facet 'plants' stands twice"),
        (", en: nature", "", r"line 4: a facet lacks en"),
        ("broader: nature", "broader: sky", r"line 3: .*unknown facet 'sky'"),
        ("{plants: 0.4}", "{plants: 0.9}", r"line 4: .*must lie in \(0, 0.5\]"),
        ("version: 1\n", "", r"must have 'version'"),
        ("facets:\n", "facets: [\n", r"not YAML"),
    ],
)
def test_a_fault_is_named_with_its_line(old: str, new: str, sentence: str) -> None:
    assert old in SMALL

    with pytest.raises(VocabularyFault, match=sentence):
        parse(SMALL.replace(old, new, 1))


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n"])
def test_something_else_than_a_vocabulary_is_refused(text: str) -> None:
    with pytest.raises(VocabularyFault, match="line 1"):
        parse(text)


def test_one_expression_may_stand_in_two_concepts_that_mean_the_same() -> None:
    same = SMALL.replace("{nature: 1}, words: [森]", "{plants: 0.8}, words: [庭]")

    assert parse(same).concepts["wood"].words == ("庭",)
