"""What goes over is exactly what was chosen by hand."""

import pytest

from service.conferences.rules import (
    GOES_TO,
    LONGEST,
    LONGEST_NOTE,
    PART_WORDS,
    Carried,
    Goal,
    Part,
    TooMuchToCarry,
    carried,
    filled,
)
from service.conferences.schemas import MoveIn, RecordIn, RecordOut
from service.conferences.tables import ConferenceRecord

RECORD = {part.value: f"<{part}>" for part in Part}


def test_nothing_is_carried_that_was_not_chosen() -> None:
    assert carried(RECORD, []) == Carried()


@pytest.mark.parametrize("part", Part)
def test_one_chosen_part_goes_to_its_one_place(part: Part) -> None:
    found = carried(RECORD, [part])
    places = {
        Goal.NAME: "".join(found.name.values()),
        Goal.CONTACT: found.contact,
        Goal.OWN_WORDS: found.own_words,
        Goal.NOTE: found.note,
    }
    assert f"<{part}>" in places.pop(GOES_TO[part])
    assert set(places.values()) == {""}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("風間 仮名子", {"family": "風間", "given": "仮名子"}),
        ("\ufa19田\u3000\ufa10子", {"family": "\ufa19田", "given": "\ufa10子"}),
        ("風間", {"family": "風間"}),
        ("マリア ダ シルバ", {"family": "マリア", "given": "ダ シルバ"}),
        (" ", {}),
    ],
)
def test_a_name_is_parted_at_its_first_space_and_no_sign_is_exchanged(
    written: str, kept: dict[str, str]
) -> None:
    assert carried(RECORD | {"name": written}, [Part.NAME]).name == kept


def test_in_the_note_each_part_is_named_in_the_order_of_the_form() -> None:
    found = carried(RECORD, [Part.WORRIES, Part.HOUSEHOLD])
    assert found.note == "家族・同居: <household>\n心配なこと: <worries>"


def test_an_empty_part_that_was_chosen_leaves_no_trace() -> None:
    assert carried(RECORD | {"worries": "  "}, [Part.WORRIES]) == Carried()
    assert Part.WORRIES not in filled(RECORD | {"worries": "  "})


def test_what_does_not_fit_into_a_note_is_refused_and_never_cut() -> None:
    fits = RECORD | {"worries": "あ" * (LONGEST_NOTE - len("心配なこと: "))}
    assert len(carried(fits, [Part.WORRIES]).note) == LONGEST_NOTE
    with pytest.raises(TooMuchToCarry) as refused:
        carried(fits, [Part.WORRIES, Part.SAFETY])
    assert "あ" not in str(refused.value)


def test_every_part_is_a_sealed_column_and_a_field_of_its_length() -> None:
    own = {"became"}
    assert set(ConferenceRecord.sealed_columns) == set(Part) | own
    assert set(RecordOut.model_fields) >= set(Part)
    properties = RecordIn.model_json_schema()["properties"]
    assert {part: properties[part]["maxLength"] for part in Part} == LONGEST
    assert set(properties) == set(Part) | {"area"}


def test_each_part_has_words_of_its_own() -> None:
    assert len(set(PART_WORDS.values())) == len(Part)


def test_a_move_names_known_parts_only() -> None:
    consent = {"shared_with": "team", "how": "口頭", "given_on": "2026-11-20"}
    move = MoveIn.model_validate({"area": "east", "parts": ["worries"], "consent": consent})
    assert move.parts == [Part.WORRIES]
    with pytest.raises(ValueError, match="parts"):
        MoveIn.model_validate({"area": "east", "parts": ["became"], "consent": consent})
