"""``deban import``, ``account``, ``migrate`` and ``doctor`` on both databases: all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select, update

from catalogue.tables import Activity, Municipality, Slot
from migrations import downgrade
from service.accounts.tables import Account
from service.cli.reading import REFUSED, USAGE
from service.database import open_engine, transaction
from tests.factories import activity_row
from tests.journeys.files import Document, run, town_file, written

PASSWORD = "long-enough-password"


@contextmanager
def looking(url: str) -> Iterator[Session]:
    engine = open_engine(url, connections=1)
    with Session(engine) as session:
        yield session
    engine.dispose()


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of the catalogue, so that two moments can be compared whole."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with looking(url) as session:
        for table in ("municipality", "area", "host", "activity", "slot", "account"):
            rows = session.connection().execute(text(f"SELECT * FROM {table} ORDER BY id"))
            found[table] = [tuple(map(str, row)) for row in rows]
    return found


@pytest.fixture
def town(own_database: str, tmp_path: Path) -> Path:
    """A small town that is taken in already."""
    path = written(tmp_path / "town.json", town_file())
    assert run("import", path, url=own_database).exit_code == 0
    return path


def take_places(url: str, number: int) -> None:
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        leaves = select(Activity.id).where(Activity.ref == "leaves")
        session.exec(update(Slot).where(col(Slot.activity_id).in_(leaves)).values(taken=number))
    engine.dispose()


class TestImport:
    def test_a_second_time_changes_not_one_value(self, own_database: str, town: Path) -> None:
        before = everything(own_database)
        again = run("import", town, town, url=own_database)
        assert again.stdout.splitlines() == [f"{town}: nothing changed"] * 2
        assert everything(own_database) == before

    @pytest.mark.parametrize(
        "change",
        [
            {"areas": []},
            {"hosts": []},
            {"timezone": "Mars/Olympus"},
            {"format": "deban-catalogue/9"},
            {"municipality": ""},
            {"municipality": "町" * 201},
            {"municipality": "み\0ず"},
            {"activities": [activity_row("leaves", capacity="two")]},
            {"activities": [activity_row("leaves"), activity_row("leaves")]},
            {"extra": 1},
        ],
    )
    def test_a_faulty_file_changes_not_one_value(
        self, own_database: str, town: Path, change: Document
    ) -> None:
        before = everything(own_database)
        good = town_file(hosts=[*town_file()["hosts"], town_file()["hosts"][0] | {"id": "new"}])
        beside = written(town.parent / "good.json", good)
        faulty = written(town.parent / "faulty.json", town_file(**change))
        result = run("import", beside, faulty, url=own_database)
        assert (result.exit_code, result.stdout) == (REFUSED, "")
        assert str(faulty) in result.stderr
        assert everything(own_database) == before

    def test_fewer_places_than_people_hold_takes_back_the_files_before_it(
        self, own_database: str, town: Path
    ) -> None:
        take_places(own_database, 2)
        before = everything(own_database)
        grown = town_file(activities=[*town_file()["activities"], activity_row("new")])
        good = written(town.parent / "good.json", grown)
        small = [activity_row("leaves", capacity=1), activity_row("sutras")]
        bad = written(town.parent / "bad.json", town_file(activities=small))
        result = run("import", good, bad, url=own_database)
        assert result.exit_code == REFUSED
        assert "activity leaves: 2 places are taken, 1 offered" in result.stderr
        assert everything(own_database) == before

    def test_as_many_places_as_people_hold_are_enough(self, own_database: str, town: Path) -> None:
        take_places(own_database, 1)
        small = [activity_row("leaves", capacity=1), town_file()["activities"][1]]
        path = written(town.parent / "small.json", town_file(activities=small))
        assert run("import", path, url=own_database).exit_code == 0
        with looking(own_database) as session:
            query = select(Slot.capacity, Slot.taken).join(Activity)
            assert session.exec(query.where(Activity.ref == "leaves")).one() == (1, 1)

    def test_a_name_may_be_given_to_a_town_that_has_another_in_its_file(
        self, own_database: str, town: Path
    ) -> None:
        run("import", town, "--municipality", "湖　北町", url=own_database)
        with looking(own_database) as session:
            assert set(session.exec(select(Municipality.name))) == {"みずうみ町", "湖　北町"}

    @pytest.mark.parametrize("name", ["町" * 201, "湖\0町"])
    def test_a_name_that_no_database_keeps_is_a_wrong_use_on_both(
        self, own_database: str, town: Path, name: str
    ) -> None:
        before = everything(own_database)
        result = run("import", town, "--municipality", name, url=own_database)
        assert result.exit_code == USAGE
        assert "--municipality" in result.stderr
        assert everything(own_database) == before

    def test_an_old_database_is_not_written_into(self, own_database: str, town: Path) -> None:
        engine = open_engine(own_database, connections=1)
        downgrade(engine, "base")
        engine.dispose()
        result = run("import", town, url=own_database)
        assert result.exit_code == REFUSED
        assert "deban migrate" in result.stderr
        assert run("migrate", url=own_database).exit_code == 0
        assert "added" in run("import", town, url=own_database).stdout


@pytest.mark.usefixtures("town")
class TestAccounts:
    def opened(self, url: str, *words: str, password: str | bytes = PASSWORD) -> tuple[int, str]:
        result = run("account", "add", *words, "--password-file", "-", url=url, stdin=password)
        return result.exit_code, result.stderr

    def accounts(self, url: str) -> list[Account]:
        with looking(url) as session:
            return list(session.exec(select(Account)).all())

    @pytest.mark.parametrize("username", ["", " yuki", "y" * 65, "yu\tki"])
    def test_a_name_that_could_not_sign_in_is_refused_alike_on_both(
        self, own_database: str, username: str
    ) -> None:
        code, told = self.opened(own_database, username, "--role", "csw")
        assert (code, self.accounts(own_database)) == (REFUSED, [])
        assert "username" in told

    @pytest.mark.parametrize(
        "password", ["", "\n", "elevensigns\nmore in the second line", b"\xff" * 20, "　" * 11]
    )
    def test_a_password_is_the_first_line_and_long_enough(
        self, own_database: str, password: str | bytes
    ) -> None:
        code, told = self.opened(own_database, "yuki", "--role", "csw", password=password)
        assert (code, self.accounts(own_database)) == (REFUSED, [])
        assert "password" in told
        assert "elevensigns" not in told

    def test_an_area_is_found_by_its_id_and_by_its_name(self, own_database: str) -> None:
        for username, area in (("yuki", "east"), ("haru", "東")):
            assert self.opened(own_database, username, "--role", "csw", "--area", area) == (0, "")
        (area_id,) = {account.area_id for account in self.accounts(own_database)}
        assert area_id is not None

    def test_an_area_of_the_neighbour_is_none_of_ours(self, own_database: str, town: Path) -> None:
        there = town_file(municipality="となり町", areas=[{"id": "west", "name": "西"}])
        there["hosts"][0]["area"] = "west"
        there["activities"] = []
        path = written(town.parent / "there.json", there)
        assert run("import", path, url=own_database).exit_code == 0
        words = ("yuki", "--role", "csw", "--municipality", "みずうみ町", "--area", "west")
        code, told = self.opened(own_database, *words)
        assert code == USAGE
        assert "east" in told
        assert self.accounts(own_database) == []

    def test_the_shown_name_is_the_username_unless_another_is_given(
        self, own_database: str
    ) -> None:
        self.opened(own_database, "yuki", "--role", "csw")
        self.opened(own_database, "haru", "--role", "admin", "--name", "春野　はる")
        shown = {account.username: account.display_name for account in self.accounts(own_database)}
        assert shown == {"yuki": "yuki", "haru": "春野　はる"}


class TestDoctor:
    """One line for each thing that was looked at; what is amiss is named."""

    def lines(self, url: str) -> tuple[int, dict[str, str]]:
        result = run("doctor", url=url)
        told = [line.partition(": ") for line in result.stdout.splitlines()]
        return result.exit_code, {head[6:]: head[:6].strip() for head, _, _ in told}

    def test_an_old_database_is_amiss_in_its_tables_alone_and_in_what_reads_them(
        self, own_database: str
    ) -> None:
        engine = open_engine(own_database, connections=1)
        downgrade(engine, "base")
        engine.dispose()
        code, lines = self.lines(own_database)
        assert code == REFUSED
        amiss = {name for name, found in lines.items() if found == "AMISS"}
        assert amiss == {"tables", "audit", "outbox", "queue"}

    @pytest.mark.parametrize("url", ["nonsense", "postgresql://127.0.0.1:1/deban"])
    def test_a_database_that_is_not_there_is_one_finding_and_no_crash(self, url: str) -> None:
        code, lines = self.lines(url)
        assert code == REFUSED
        amiss = {name for name, found in lines.items() if found == "AMISS"}
        assert amiss == {"database", "tables", "audit", "outbox", "queue"}

    def test_a_password_in_the_address_is_never_printed(self) -> None:
        url = "postgresql://deban:needle@127.0.0.1:1/deban"
        for words in (("doctor",), ("migrate",), ("serve",)):
            result = run(*words, url=url)
            assert result.exit_code == REFUSED
            assert "needle" not in result.output + result.stderr


@pytest.mark.parametrize("words", [("migrate",), ("serve",)])
@pytest.mark.parametrize("url", ["nonsense", "sqlite:////nowhere/at/all/deban.db"])
def test_a_database_that_cannot_be_opened_ends_a_command_with_a_sentence(
    words: tuple[str, ...], url: str
) -> None:
    result = run(*words, url=url)
    assert (result.exit_code, result.stdout) == (REFUSED, "")
    assert result.stderr.startswith("deban: ")
    assert len(result.stderr.splitlines()) == 1
