import json

import pytest

from argosy.errors import DataError
from tests.host.cli.conftest import Line, Node


def test_a_good_file_prints_its_plan(line: Line, node: type[Node]) -> None:
    node.warnings = ("a million bars",)
    result = line("check", "good.toml")
    assert 0 == result.exit_code
    assert [
        "system      good, backtest, seed 7, trader TRADER-001",
        "catalog     ducklake (kit)",
        "venue       SIM, simulate: sim (kit)",
        "data        quote GBP/USD.SIM",
        "strategy    cross (kit) as Cross-001 on GBP/USD.SIM",
        "risk        ACTIVE: rate",
        "ok",
    ] == result.stdout.splitlines()
    assert "warning: a million bars\n" == result.stderr


@pytest.mark.usefixtures("node")
def test_json_holds_the_whole_plan(line: Line) -> None:
    found = json.loads(line("check", "good.toml", "--json").stdout)
    assert (True, []) == (found["ok"], found["warnings"])
    assert 10 == found["plan"]["strategies"][0]["fast"]


def test_what_the_data_lack_is_named(line: Line, node: type[Node]) -> None:
    node.raises = DataError("no quotes of GBP/USD.SIM", cure="Load some")
    result = line("check", "good.toml")
    assert (2, "error: no quotes of GBP/USD.SIM. Load some\n") == (result.exit_code, result.stderr)
