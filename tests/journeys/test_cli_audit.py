"""``deban audit``: verify, anchor and who, on both databases."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from service.audit.rules import Act
from service.cli.reading import REFUSED, USAGE
from service.database import open_engine, transaction
from service.persons.actions import person_for
from service.web.sheets import MARK
from tests.factories import MORNING, Town, person_in, seed, staff_of
from tests.journeys.files import run
from tests.service.audit.lines import unguarded


@pytest.fixture
def engine(own_database: str) -> Iterator[Engine]:
    engine = open_engine(own_database, connections=2)
    yield engine
    engine.dispose()


@pytest.fixture
def town(engine: Engine) -> Town:
    """A town with two people, the second of whom a coordinator's account looked at."""
    with transaction(engine) as session:
        town = seed(session)
        person_in(session, town, code="うみ-01")
        person = person_in(session, town, code="=やま-02")
    with transaction(engine) as session:
        staff = staff_of(session, town.accounts["csw"])
        person_for(session, staff, person.id, act=Act.READ, resource="visit", at=MORNING)
    return town


def tampered(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        unguarded(connection)
        connection.execute(text(statement))


@pytest.mark.usefixtures("town")
def test_a_whole_audit_is_said_to_hold(own_database: str) -> None:
    result = run("audit", "verify", url=own_database)
    assert (result.exit_code, result.stdout) == (0, "みずうみ町: 3 lines hold\n")


def test_a_changed_line_is_named_with_its_place(
    own_database: str, engine: Engine, town: Town
) -> None:
    tampered(engine, "UPDATE access_record SET role = 'auditor' WHERE seq = 2")
    result = run("audit", "verify", url=own_database)
    assert result.exit_code == REFUSED
    assert result.stdout == ""
    place = f"みずうみ町 {town.municipality.id} line 2: the line is not as it was written"
    assert place in result.stderr
    assert "the audit does not hold" in result.stderr


@pytest.mark.usefixtures("town")
def test_what_was_cut_off_after_an_anchor_is_missed(
    own_database: str, engine: Engine, tmp_path: Path
) -> None:
    anchors = tmp_path / "anchors.jsonl"
    assert run("audit", "anchor", anchors, url=own_database).exit_code == 0
    assert run("audit", "verify", "--anchor", anchors, url=own_database).exit_code == 0
    tampered(engine, "DELETE FROM access_record WHERE seq = 3")
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE chain_head SET seq = 2,"
                " digest = (SELECT digest FROM access_record WHERE seq = 2)"
            )
        )
    assert run("audit", "verify", url=own_database).exit_code == 0  # by itself it looks whole
    missed = run("audit", "verify", "--anchor", anchors, url=own_database)
    assert missed.exit_code == REFUSED
    assert "line 3: the newest lines were cut off" in missed.stderr
    before = anchors.read_text()
    back = run("audit", "anchor", anchors, url=own_database)
    assert back.exit_code == REFUSED
    assert "nothing was added" in back.stderr
    assert anchors.read_text() == before


@pytest.mark.usefixtures("town")
def test_an_anchor_is_added_below_the_earlier_ones(own_database: str, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    for _ in range(2):
        assert run("audit", "anchor", anchors, url=own_database).exit_code == 0
    first, second = map(json.loads, anchors.read_text().splitlines())
    assert first["seq"] == second["seq"] == 3
    assert first["digest"] == second["digest"]


@pytest.mark.usefixtures("town")
def test_an_anchor_that_somebody_else_wrote_is_refused(own_database: str, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    run("audit", "anchor", anchors, url=own_database)
    forged = json.loads(anchors.read_text()) | {"seq": 2}
    anchors.write_text(json.dumps(forged) + "\n")
    for words in (("verify", "--anchor", anchors), ("anchor", anchors)):
        result = run("audit", *words, url=own_database)
        assert result.exit_code == REFUSED
        assert "not ours" in result.stderr


@pytest.mark.usefixtures("town")
def test_a_file_that_holds_no_anchors_is_told_by_its_line(
    own_database: str, tmp_path: Path
) -> None:
    nonsense = tmp_path / "anchors.jsonl"
    nonsense.write_text("{}\n")
    result = run("audit", "verify", "--anchor", nonsense, url=own_database)
    assert (result.exit_code, "anchors.jsonl:1 is no anchor" in result.stderr) == (REFUSED, True)
    absent = run("audit", "verify", "--anchor", tmp_path / "no", url=own_database)
    assert absent.exit_code == USAGE


def looks(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8").removeprefix(MARK)
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.usefixtures("town")
def test_who_saw_whom_is_a_file_for_a_spreadsheet(own_database: str, tmp_path: Path) -> None:
    path = tmp_path / "who.csv"
    days = ("--from", "2026-11-20", "--to", "2026-11-20", "--csv", path)
    everything = run("audit", "who", *days, url=own_database)
    assert (everything.exit_code, everything.stdout) == (0, f"3 lines in {path}\n")
    assert looks(path)[2] == {
        "いつ": "2026-11-20 09:00:00",
        "だれが": "職員 csw",
        "利用者名": "csw",
        "役割": "相談員(CSW)",
        "何をした": "見た",
        "何を": "参加の記録",
        "なぜ": "フォローのため",
        "根拠": "担当として",
        "本人": "'=やま-02",
    }
    for narrowed, number in (
        (("--person", "うみ-01"), 1),
        (("--account", "csw"), 3),
        (("--account", "coordinator"), 0),
    ):
        assert run("audit", "who", *days, *narrowed, url=own_database).exit_code == 0
        assert len(looks(path)) == number


@pytest.mark.usefixtures("town")
def test_that_somebody_asked_is_a_line_as_well(own_database: str, tmp_path: Path) -> None:
    path = tmp_path / "who.csv"
    days = ("--from", "2026-11-19", "--to", "2126-11-20", "--csv", path)
    for number in (4, 5):
        run("audit", "who", *days, url=own_database)
        assert len(looks(path)) == number
    assert looks(path)[-1]["何を"] == "監査の記録を見た"
    assert run("audit", "verify", url=own_database).exit_code == 0


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("unknown", [("--person", "いない"), ("--account", "nobody")])
def test_a_name_that_nobody_has_ends_the_command(
    own_database: str, tmp_path: Path, unknown: tuple[str, str]
) -> None:
    path = tmp_path / "who.csv"
    words = ("--from", "2026-11-20", "--to", "2026-11-20", "--csv", path, *unknown)
    assert run("audit", "who", *words, url=own_database).exit_code == USAGE
    assert not path.exists()


@pytest.mark.usefixtures("town")
def test_missing_triggers_are_noticed_by_the_doctor_and_at_the_start(
    own_database: str, engine: Engine
) -> None:
    assert (
        "ok    audit: the database refuses every change" in run("doctor", url=own_database).stdout
    )
    with engine.begin() as connection:
        unguarded(connection)
    doctor = run("doctor", url=own_database)
    assert doctor.exit_code == REFUSED
    assert "AMISS audit: can be changed: the triggers access_record_keeps" in doctor.stdout
    start = run("serve", "--port", "0", url=own_database)
    assert start.exit_code == REFUSED
    assert "the audit can be changed" in start.stderr
