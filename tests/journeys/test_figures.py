"""``deban evaluate``: weights judged by people they have not seen, and whom the answers serve."""

import re
from pathlib import Path

from typer.testing import CliRunner, Result

from service.cli import app
from service.demo.files import PEOPLE, TOWN


def _evaluated(data: Path, *words: str) -> Result:
    files = [data / f"hinoki-{name}.yaml" for name in ("catalogue", "people", "judgements")]
    return CliRunner().invoke(app, ["evaluate", *map(str, files), *words])


def test_weights_from_other_folds_stand_beside_the_experts(shared: Path) -> None:
    found = _evaluated(shared / "data", "--folds", "3")
    assert found.exit_code == 0, found.stderr
    rows = re.findall(
        r"^ *(deban|weights of the other 2 folds) +(\d+) +0\.\d{3}", found.stdout, re.MULTILINE
    )
    assert [name for name, _ in rows] == ["deban", "weights of the other 2 folds"]
    assert len({people for _, people in rows}) == 1
    assert found.stdout == _evaluated(shared / "data", "--folds", "3").stdout


def test_groups_and_people_without_a_proposal_are_told(shared: Path) -> None:
    found = _evaluated(shared / "data").stdout
    groups = re.findall(
        r"^ *(age|area|stage|transport) +\S.*?(\d+) +\d\.\d{3}", found, re.MULTILINE
    )
    assert {kind for kind, _ in groups} == {"age", "area", "stage", "transport"}
    people = {kind: sum(int(n) for k, n in groups if k == kind) for kind, _ in groups}
    assert len({*people.values()}) == 1  # everybody stands in one group of each kind
    assert re.search(r"^people without any proposal: \d+$", found, re.MULTILINE)
    assert "held: paused" in found
    assert "folds" not in found


def test_folds_cannot_be_negative(tmp_path: Path) -> None:
    judgements = tmp_path / "judgements.yaml"
    judgements.write_text("judgements: []\n", encoding="utf-8")
    words = ["evaluate", str(TOWN), str(PEOPLE), str(judgements), "--folds", "-1"]
    assert CliRunner().invoke(app, words).exit_code == 2
