"""Check the vocabulary file line by line while turning it into values."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import yaml

from catalogue.words.facets import Concept, Facet, Vocabulary, VocabularyFault

RELATED_TOP: Final = 0.5
BROADER_SHARE: Final = 0.3


def parse(text: str) -> Vocabulary:
    """Turn the text of a vocabulary file into values.

    Raises:
        VocabularyFault: unknown or doubled names, weights out of range, empty or doubled words.

    """
    top = _mapping(_compose(text), "the file")
    for key in ("version", "facets", "concepts"):
        if key not in top:
            raise VocabularyFault(f"line 1: the file must have '{key}'")
    facets = dict(_facets(top["facets"]))
    _check_neighbours(facets, top["facets"])
    concepts = _concepts(top["concepts"], facets)
    return Vocabulary(_text(top["version"]), MappingProxyType(facets), MappingProxyType(concepts))


def _compose(text: str) -> yaml.Node:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        raise VocabularyFault(f"not YAML: {error}") from error
    if node is None:
        raise VocabularyFault("line 1: the file is empty")
    return node


def _fault(node: yaml.Node, sentence: str) -> VocabularyFault:
    return VocabularyFault(f"line {node.start_mark.line + 1}: {sentence}")


def _mapping(node: yaml.Node, what: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _fault(node, f"{what} must be a mapping")
    return {key.value: value for key, value in node.value}


def _items(node: yaml.Node, what: str) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise _fault(node, f"{what} must be a list that is not empty")
    return list(node.value)


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise _fault(node, "expected a word that is not empty")
    return str(node.value).strip()


def _weights(node: yaml.Node, what: str, *, top: float) -> dict[str, float]:
    weights = {}
    for name, value in _mapping(node, what).items():
        try:
            weights[name] = float(_text(value))
        except ValueError as error:
            raise _fault(value, f"{what}: the weight of '{name}' must be a number") from error
        if not 0 < weights[name] <= top:
            raise _fault(value, f"{what}: the weight of '{name}' must lie in (0, {top:g}]")
    return weights


def _facets(node: yaml.Node) -> Iterator[tuple[str, Facet]]:
    seen: set[str] = set()
    for item in _items(node, "facets"):
        row = _mapping(item, "a facet")
        missing = {"id", "ja", "en"} - row.keys()
        if missing:
            raise _fault(item, f"a facet lacks {', '.join(sorted(missing))}")
        name = _text(row["id"])
        if name in seen:
            raise _fault(item, f"facet '{name}' stands twice")
        seen.add(name)
        yield name, _facet(name, row)


def _facet(name: str, row: Mapping[str, yaml.Node]) -> Facet:
    related = row.get("related")
    return Facet(
        name=name,
        ja=_text(row["ja"]),
        en=_text(row["en"]),
        broader=_text(row["broader"]) if "broader" in row else None,
        related=MappingProxyType(
            _weights(related, f"facet '{name}'", top=RELATED_TOP) if related else {}
        ),
        opposite=_text(row["opposite"]) if "opposite" in row else None,
    )


def _check_neighbours(facets: Mapping[str, Facet], node: yaml.Node) -> None:
    for item, facet in zip(_items(node, "facets"), facets.values(), strict=True):
        named = {*facet.related, facet.broader, facet.opposite} - {None}
        for unknown in sorted(str(name) for name in named - facets.keys()):
            raise _fault(item, f"facet '{facet.name}' names the unknown facet '{unknown}'")


def _concepts(node: yaml.Node, facets: Mapping[str, Facet]) -> dict[str, Concept]:
    concepts: dict[str, Concept] = {}
    owner: dict[str, str] = {}
    for item in _items(node, "concepts"):
        concept = _concept(item, facets)
        if concept.name in concepts:
            raise _fault(item, f"concept '{concept.name}' stands twice")
        concepts[concept.name] = concept
        for word in concept.words:
            first = owner.setdefault(word, concept.name)
            if first != concept.name and concepts[first].facets != concept.facets:
                raise _fault(item, f"'{word}' stands in '{first}' and in '{concept.name}'")
    return concepts


def _concept(item: yaml.Node, facets: Mapping[str, Facet]) -> Concept:
    row = _mapping(item, "a concept")
    missing = {"id", "facets", "words"} - row.keys()
    if missing:
        raise _fault(item, f"a concept lacks {', '.join(sorted(missing))}")
    name = _text(row["id"])
    weights = _weights(row["facets"], f"concept '{name}'", top=1.0)
    for unknown in sorted(weights.keys() - facets.keys()):
        raise _fault(row["facets"], f"concept '{name}' names the unknown facet '{unknown}'")
    if not weights:
        raise _fault(row["facets"], f"concept '{name}' points to no facet")
    words = tuple(_text(word) for word in _items(row["words"], f"words of '{name}'"))
    spread = MappingProxyType(_spread(weights, facets))
    return Concept(name, MappingProxyType(weights), spread, words)


def _spread(weights: Mapping[str, float], facets: Mapping[str, Facet]) -> dict[str, float]:
    """Add to some facets what passes on to their broader and related ones."""
    spread = dict(weights)
    for name, weight in weights.items():
        facet = facets[name]
        shares = dict(facet.related)
        if facet.broader is not None:
            shares[facet.broader] = max(BROADER_SHARE, shares.get(facet.broader, 0.0))
        for neighbour, share in shares.items():
            spread[neighbour] = max(spread.get(neighbour, 0.0), weight * share)
    return spread
