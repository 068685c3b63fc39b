"""The command line from outside: what it prints, how it ends, and what it leaves behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from click.testing import Result
from sqlmodel import Session, func, select
from typer.testing import CliRunner

from catalogue.tables import Activity, Municipality, Slot
from service.accounts.rules import Role
from service.accounts.tables import Account
from service.cli import app
from service.database import open_engine
from service.demo.files import PEOPLE, TOWN

DEBAN = Path(sys.executable).parent / "deban"
FAULTY = """\
format: deban-catalogue/1
municipality: こわれた町
timezone: Asia/Tokyo
areas:
- {id: a, name: 一丁目}
hosts:
- {id: h, name: 店, type: shop, area: nowhere}
activities: []
extra: 1
"""
S_KEYS = {"activity", "score", "reasons", "to_check", "arrangements", "start", "above"}
START_KEYS = {"minutes", "dose", "first_occurrences", "travel_minutes", "mode"}
TIERS = ("fits", "adaptable", "ask_host")


def run(*words: str | Path, url: str = "", stdin: str | bytes | None = None) -> Result:
    env = {"DEBAN_DATABASE_URL": url} if url else {}
    return CliRunner().invoke(app, [str(word) for word in words], env=env, input=stdin)


def matched(*words: str) -> dict[str, Any]:
    result = run("match", TOWN, PEOPLE, "--json", *words)
    assert result.exit_code == 0, result.stderr
    document: dict[str, Any] = json.loads(result.stdout)
    return document


@contextmanager
def process(*words: str, **env: str) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [str(DEBAN), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **env},
    )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.kill()
        started.communicate()


class TestMatch:
    def test_the_answer_has_the_shape_of_the_exchange(self) -> None:
        document = matched("--limit", "4")
        assert list(document) == ["as_of", "results"]
        assert document["as_of"] == "2026-11-21"
        for result in document["results"]:
            assert list(result) == ["person", "held", "order", *TIERS, "excluded"]
            shown = [each["activity"] for tier in TIERS for each in result[tier]]
            assert sorted(result["order"]) == sorted(shown)
            for proposal in (each for tier in TIERS for each in result[tier]):
                assert set(proposal) == S_KEYS
                assert set(proposal["start"]) == START_KEYS
                assert len(proposal["start"]["first_occurrences"]) <= 3
                for reason in (*proposal["reasons"], *proposal["to_check"]):
                    assert set(reason) - {"limit"} == {"code", "value", "text"}
                for change in proposal["arrangements"]:
                    assert set(change) == {"kind", "from", "to", "text"}
            for missed in result["excluded"]:
                assert set(missed) == {"activity", "reasons"}
                assert missed["reasons"]

    def test_dates_are_those_of_japan(self) -> None:
        dates = [
            date
            for result in matched()["results"]
            for tier in TIERS
            for proposal in result[tier]
            for date in proposal["start"]["first_occurrences"]
        ]
        assert dates
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:00\+09:00", date) for date in dates)

    def test_the_same_input_gives_the_same_bytes_in_another_process(self) -> None:
        here = run("match", TOWN, PEOPLE, "--json").stdout_bytes
        there = subprocess.run(
            [str(DEBAN), "match", str(TOWN), str(PEOPLE), "--json"],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/Los_Angeles"},
        )
        assert there.stdout == here

    def test_everybody_is_answered_in_the_order_of_the_file(self) -> None:
        people = [result["person"] for result in matched()["results"]]
        assert people == [f"d{number:02}" for number in range(1, 11)]

    def test_only_the_people_asked_for_are_answered(self) -> None:
        results = matched("--person", "d03", "--person", "d01")["results"]
        assert [result["person"] for result in results] == ["d01", "d03"]

    def test_held_people_get_a_reason_and_no_list(self) -> None:
        held = {r["person"]: r for r in matched()["results"] if r["held"]}
        assert set(held) == {"d08", "d10"}
        for result in held.values():
            assert [*result["fits"], *result["adaptable"], *result["ask_host"]] == []

    def test_one_person_of_the_town_finds_nothing_and_is_told_why(self) -> None:
        (result,) = matched("--person", "d09")["results"]
        assert [*result["fits"], *result["adaptable"], *result["ask_host"]] == []
        assert len(result["excluded"]) >= 25

    def test_a_limit_bounds_the_proposals(self) -> None:
        for result in matched("--limit", "1")["results"]:
            assert all(len(result[tier]) <= 1 for tier in TIERS)

    def test_another_day_moves_the_first_dates(self) -> None:
        document = matched("--as-of", "2027-02-01")
        assert document["as_of"] == "2027-02-01"
        dates = [
            date
            for result in document["results"]
            for tier in TIERS
            for proposal in result[tier]
            for date in proposal["start"]["first_occurrences"]
        ]
        assert min(dates) >= "2027-02-01"

    def test_the_table_names_people_activities_and_reasons(self) -> None:
        result = run("match", TOWN, PEOPLE, "--limit", "2")
        assert result.exit_code == 0
        for words in (
            "なみ-21",
            "写真の箱をひらいて拭く",
            "いま合う",
            "[外した]",
            "いまは紹介しません",
        ):
            assert words in result.stdout
        assert max(map(len, result.stdout.splitlines())) <= 120

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("match", "nowhere.yaml", PEOPLE), 2),
            (("match", TOWN.parent, PEOPLE), 2),
            (("match", sys.executable, PEOPLE), 1),
            (("match", PEOPLE, TOWN), 1),
            (("match", TOWN, PEOPLE, "--person", "nobody"), 2),
            (("match", TOWN, PEOPLE, "--limit", "0"), 2),
            (("match", TOWN, PEOPLE, "--as-of", "yesterday"), 2),
            (("match", TOWN), 2),
            (("nonsense",), 2),
        ],
    )
    def test_what_cannot_be_done_is_said_in_a_sentence(
        self, words: tuple[str | Path, ...], code: int
    ) -> None:
        result = run(*words, "--json") if words[0] == "match" and code == 1 else run(*words)
        assert result.exit_code == code
        assert result.stdout == ""
        assert result.stderr
        assert "Traceback" not in result.stderr

    def test_every_fault_is_listed_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "faulty.yaml"
        path.write_text(FAULTY, encoding="utf-8")
        result = run("match", path, PEOPLE)
        assert result.exit_code == 1
        lines = [line for line in result.stderr.splitlines() if line.startswith(f"{path}:")]
        assert any(line.startswith(f"{path}:7: hosts[0].area:") for line in lines)
        assert any(line.startswith(f"{path}:9: extra:") for line in lines)


class TestEvaluate:
    def test_figures_stand_beside_their_baselines(self, shared: Path) -> None:
        data = shared / "data"
        result = run(
            "evaluate",
            data / "hinoki-catalogue.yaml",
            data / "hinoki-people.yaml",
            data / "hinoki-judgements.yaml",
        )
        assert result.exit_code == 0, result.stderr
        scores = dict(re.findall(r"^ *(\w+) +\d+ +(\d\.\d{3})", result.stdout, re.MULTILINE))
        assert set(scores) == {"deban", "random", "keyword", "limits_only"}
        assert float(scores["deban"]) > max(
            float(score) for name, score in scores.items() if name != "deban"
        )
        assert "safety violations among the proposals: 0" in result.stdout
        assert "people to be held who got a proposal: 0" in result.stdout


def rows(url: str) -> tuple[int, int, int, int]:
    """Count municipalities, activities and slots, and give the catalogue's revision."""
    engine = open_engine(url, connections=1)
    with Session(engine) as session:
        kinds = (Municipality, Activity, Slot)
        counts = [session.exec(select(func.count()).select_from(kind)).one() for kind in kinds]
        revision = session.exec(select(func.max(Municipality.catalogue_revision))).one()
    engine.dispose()
    return counts[0], counts[1], counts[2], revision or 0


class TestImport:
    def test_a_second_import_changes_nothing(self, own_database: str) -> None:
        first = run("import", TOWN, url=own_database)
        assert first.exit_code == 0, first.stderr
        assert "added" in first.stdout
        before = rows(own_database)
        assert before[:2] == (1, 31)
        second = run("import", TOWN, url=own_database)
        assert second.exit_code == 0
        assert "nothing changed" in second.stdout
        assert rows(own_database) == before

    def test_a_faulty_file_changes_nothing_even_beside_a_good_one(
        self, own_database: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "faulty.yaml"
        path.write_text(FAULTY, encoding="utf-8")
        result = run("import", TOWN, path, url=own_database)
        assert result.exit_code == 1
        assert f"{path}:7:" in result.stderr
        assert rows(own_database) == (0, 0, 0, 0)

    def test_a_changed_line_changes_one_row(self, own_database: str, tmp_path: Path) -> None:
        run("import", TOWN, url=own_database)
        path = tmp_path / "town.yaml"
        text = TOWN.read_text(encoding="utf-8").replace("title: 将棋の相手", "title: 将棋を一局")
        path.write_text(text, encoding="utf-8")
        result = run("import", path, url=own_database)
        assert "1 changed" in result.stdout, result.output
        assert rows(own_database)[:2] == (1, 31)

    def test_another_municipality_stands_apart(self, own_database: str) -> None:
        run("import", TOWN, url=own_database)
        result = run("import", TOWN, "--municipality", "となりの市", url=own_database)
        assert result.exit_code == 0
        assert rows(own_database)[:2] == (2, 62)

    def test_a_database_without_tables_is_named_as_such(self, tmp_path: Path) -> None:
        result = run("import", TOWN, url=f"sqlite:///{tmp_path / 'new.db'}")
        assert result.exit_code == 1
        assert "deban migrate" in result.stderr

    def test_an_address_that_is_none_is_refused(self) -> None:
        result = run("import", TOWN, url="nonsense")
        assert result.exit_code == 1
        assert "DEBAN_DATABASE_URL" in result.stderr


def account(url: str, *words: str, password: str = "long-enough-password\n") -> Result:
    return run("account", "add", *words, "--password-file", "-", url=url, stdin=password)


class TestAccounts:
    @pytest.mark.parametrize("role", Role)
    def test_an_account_of_each_role_is_opened(self, own_database: str, role: Role) -> None:
        run("import", TOWN, url=own_database)
        result = account(own_database, "yuki", "--role", role, "--area", "minato")
        assert result.exit_code == 0, result.stderr
        engine = open_engine(own_database, connections=1)
        with Session(engine) as session:
            (opened,) = session.exec(select(Account)).all()
        engine.dispose()
        assert (opened.username, opened.role) == ("yuki", role)
        assert opened.area_id is not None
        assert "long-enough-password" not in opened.password_hash

    def test_the_password_may_stand_in_a_file(self, own_database: str, tmp_path: Path) -> None:
        run("import", TOWN, url=own_database)
        path = tmp_path / "password"
        path.write_text("long-enough-password\r\nsecond line\n", encoding="utf-8")
        words = ("account", "add", "yuki", "--role", "csw", "--password-file", path)
        assert run(*words, url=own_database).exit_code == 0

    @pytest.mark.parametrize(
        ("words", "password", "code"),
        [
            (("yuki", "--role", "csw"), "short\n", 1),
            (("yuki", "--role", "csw", "--area", "nowhere"), "long-enough-password", 2),
            (("yuki", "--role", "king"), "long-enough-password", 2),
            (("yuki", "--role", "csw", "--municipality", "x"), "long-enough-password", 2),
        ],
    )
    def test_what_is_not_right_is_refused(
        self, own_database: str, words: tuple[str, ...], password: str, code: int
    ) -> None:
        run("import", TOWN, url=own_database)
        result = account(own_database, *words, password=password)
        assert result.exit_code == code
        assert result.stderr

    def test_a_name_is_given_once(self, own_database: str) -> None:
        run("import", TOWN, url=own_database)
        assert account(own_database, "yuki", "--role", "csw").exit_code == 0
        again = account(own_database, "yuki", "--role", "admin")
        assert again.exit_code == 1
        assert "exists" in again.stderr

    def test_an_empty_database_says_what_comes_first(self, own_database: str) -> None:
        result = account(own_database, "yuki", "--role", "csw")
        assert result.exit_code == 1
        assert "deban import" in result.stderr

    def test_with_several_municipalities_one_has_to_be_named(self, own_database: str) -> None:
        run("import", TOWN, url=own_database)
        run("import", TOWN, "--municipality", "となりの市", url=own_database)
        assert account(own_database, "yuki", "--role", "csw").exit_code == 2
        named = account(own_database, "yuki", "--role", "csw", "--municipality", "となりの市")
        assert named.exit_code == 0


class TestFormatsAndDoctor:
    @pytest.mark.parametrize("name", ["catalogue", "people"])
    def test_a_schema_is_printed(self, name: str) -> None:
        document = json.loads(run("schema", name).stdout)
        assert document["additionalProperties"] is False
        assert document["type"] == "object"

    def test_all_schemas_are_printed_by_their_formats_names(self) -> None:
        assert set(json.loads(run("schema").stdout)) == {"deban-catalogue/1", "deban-people/1"}

    def test_an_unknown_schema_is_a_wrong_use(self) -> None:
        assert run("schema", "cheese").exit_code == 2

    def test_the_doctor_finds_a_whole_installation_whole(self, own_database: str) -> None:
        result = run("doctor", url=own_database)
        assert result.exit_code == 0, result.output
        assert "AMISS" not in result.stdout

    def test_the_doctor_finds_a_missing_database_and_makes_none(self, tmp_path: Path) -> None:
        path = tmp_path / "none.db"
        result = run("doctor", url=f"sqlite:///{path}")
        assert result.exit_code == 1
        assert result.stdout.count("AMISS") == 5  # database, tables, audit, outbox, queue
        assert not path.exists()

    def test_help_names_every_command(self) -> None:
        text = run("--help").stdout
        for name in ("match", "evaluate", "demo", "serve", "migrate", "import", "account"):
            assert name in text


def first_lines(started: subprocess.Popen[str], *, until: str) -> list[str]:
    """Read lines up to the one that begins as given."""
    assert started.stdout is not None
    lines: list[str] = []
    for line in started.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith(until):
            return lines
    raise AssertionError("\n".join(lines) + (started.stderr.read() if started.stderr else ""))


class TestServe:
    def test_a_migrated_database_is_served(self, own_database: str) -> None:
        run("import", TOWN, url=own_database)
        account(own_database, "yuki", "--role", "csw")
        port = free_port()
        with process("serve", "--port", str(port), DEBAN_DATABASE_URL=own_database) as started:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/readyz", started)
            body = {"username": "yuki", "password": "long-enough-password"}
            token = httpx.post(f"{address}/api/v1/sessions", json=body).json()["token"]
            headers = {"Authorization": f"Bearer {token}"}
            found = httpx.get(f"{address}/api/v1/hosts", headers=headers).json()["items"]
            assert len(found) == 17
            started.send_signal(signal.SIGTERM)
            assert started.wait(timeout=30) in {0, -signal.SIGTERM}

    def test_a_database_without_tables_is_not_served(self, tmp_path: Path) -> None:
        result = run("serve", url=f"sqlite:///{tmp_path / 'new.db'}")
        assert result.exit_code == 1
        assert "deban migrate" in result.stderr

    def test_migrating_twice_is_harmless(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'new.db'}"
        for _ in range(2):
            assert run("migrate", url=url).exit_code == 0
        assert run("import", TOWN, url=url).exit_code == 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def wait_for(url: str, started: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and started.poll() is None:
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"nothing answers: {started.communicate(timeout=5)}")


class TestDemo:
    def test_the_demonstration_shows_serves_and_tidies_up(self, tmp_path: Path) -> None:
        with process("demo", "--port", "0", TMPDIR=str(tmp_path)) as started:
            lines = first_lines(started, until=f"account {list(Role)[-1]}")
            assert any("いま合う" in line for line in lines)
            (address,) = [line.split()[1] for line in lines if line.startswith("url ")]
            accounts = [line.split()[1:] for line in lines if line.startswith("account ")]
            assert [role for role, _, _ in accounts] == list(Role)
            for _, username, password in accounts:
                body = {"username": username, "password": password}
                answer = httpx.post(f"{address}/api/v1/sessions", json=body)
                assert answer.is_success, answer.text
            self._queue_is_not_empty(address, accounts[0])
            started.send_signal(signal.SIGINT)
            assert started.wait(timeout=30) == 0
            assert started.stderr is not None
            assert started.stderr.read() == ""
        assert list(tmp_path.glob("deban-demo-*")) == []

    def _queue_is_not_empty(self, address: str, csw: list[str]) -> None:
        body = {"username": csw[1], "password": csw[2]}
        token = httpx.post(f"{address}/api/v1/sessions", json=body).json()["token"]
        answer = httpx.get(
            f"{address}/api/v1/follow-ups", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.is_success
        assert len(json.dumps(answer.json())) > 500
