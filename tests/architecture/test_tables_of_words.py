"""Law 6: every enum member stands in every table that speaks of it."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import ModuleType
from typing import Any

import pytest

import catalogue
import matching
import service
from catalogue.profiles import Stage
from service.accounts.rules import RIGHTS, Right
from service.placements.lifecycle import MOVES, Action, Actor, Hold, Side, Status, possible
from service.placements.words import STATUS_WORDS
from service.refusals import Kind, Refusal
from service.web.problems import STATUS
from tests.architecture.source import ROOT

# A mapping of fewer words is a relation between some of them; one of more has forgotten the rest.
TABLE_FROM = 0.5


def ours() -> Iterator[ModuleType]:
    for package in (catalogue, matching, service):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith(("__main__", ".cli")):
                yield importlib.import_module(found.name)


def tables(modules: Iterator[ModuleType]) -> Iterator[tuple[str, type[StrEnum], set[Any]]]:
    """Yield each module-level mapping whose keys are all words of one kind."""
    for module in modules:
        for name, value in vars(module).items():
            if not isinstance(value, Mapping) or not value:
                continue
            kinds = {type(key) for key in value}
            kind = kinds.pop()
            if not kinds and isinstance(kind, type) and issubclass(kind, StrEnum):
                yield f"{module.__name__}.{name}", kind, set(value)


def incomplete(modules: Iterator[ModuleType]) -> dict[str, list[str]]:
    return {
        name: sorted(set(kind) - keys)
        for name, kind, keys in tables(modules)
        if set(kind) != keys and len(keys) >= TABLE_FROM * len(kind)
    }


def subclasses(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_word_stands_in_every_table_that_speaks_of_it() -> None:
    assert incomplete(ours()) == {}


def test_there_are_tables_to_look_at() -> None:
    spoken_of = {kind for _, kind, _ in tables(ours())}
    assert {Status, Action, Side, Kind, *map(type, RIGHTS)} <= spoken_of


def test_a_planted_hole_in_a_table_is_found() -> None:
    planted = ModuleType("planted")
    planted.__dict__["WORDS"] = {
        stage: stage.value for stage in Stage if stage is not Stage.NOT_MET
    }
    assert incomplete(iter([planted])) == {"planted.WORDS": ["not_met"]}


def test_every_status_can_be_left_and_reached() -> None:
    assert {move.start for move in MOVES} == set(Status)
    assert {move.end for move in MOVES} == set(Status)


def test_every_action_and_actor_has_a_move() -> None:
    assert {move.action for move in MOVES} == set(Action)
    assert {actor for move in MOVES for actor in move.by} == set(Actor)


def test_every_status_reads_differently_on_a_page() -> None:
    assert len(set(STATUS_WORDS.values())) == len(Status)


def test_every_right_is_held_by_somebody() -> None:
    assert {right for rights in RIGHTS.values() for right in rights} == set(Right)


@pytest.mark.parametrize("status", Status)
def test_every_status_offers_staff_a_way_on(status: Status) -> None:
    assert possible(status, by=Actor.CSW)


def test_every_kind_of_hold_is_used() -> None:
    lifecycle = importlib.import_module("service.placements.lifecycle")
    assert set(lifecycle.HOLDS.values()) == set(Hold)


def test_every_refusal_is_a_noun_with_a_kind() -> None:
    list(ours())
    for refusal in subclasses(Refusal):
        assert refusal.kind in Kind
        assert not refusal.__name__.endswith(("Error", "Exception")), refusal.__name__


def test_malformed_is_the_only_refusal_that_answers_422() -> None:
    assert [kind for kind, status in STATUS.items() if status == 422] == [Kind.MALFORMED]
    assert all(400 <= status < 600 for status in STATUS.values())


def test_the_drawn_life_of_a_placement_is_the_one_in_the_table() -> None:
    diagram = importlib.import_module("service.placements.diagram")
    written = (ROOT / "docs" / "placements.md").read_text(encoding="utf-8")
    assert diagram.printed() in written
    assert diagram.printed().replace("--> wanted", "--> ended") not in written
