import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from argosy.config.plan import Plan
from argosy.errors import DataError
from argosy.modes import lookahead
from argosy.modes.lookahead import CUTS, Finding
from tests.host.cli.conftest import Line, Node
from tests.host.config.kit import GOOD


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


CLEAN = Finding("run", "7 events are the same")
FOUND = Finding("query z", "3 rows", "row 1 was 5, and is 6")


@dataclass
class Search:
    """A search for lookahead whose outcome the test decides."""

    findings: tuple[Finding, ...] = ()
    asked: list[Any] = field(default_factory=list)

    def __call__(self, load: Callable[[], Plan], **options: Any) -> Iterator[Finding]:
        self.asked.append((load().system.name, options))
        yield from self.findings


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> Search:
    """Take the place of the search."""
    made = Search()
    monkeypatch.setattr(lookahead, "search", made)
    return made


@pytest.mark.usefixtures("node")
def test_lookahead_is_searched_when_asked_for(line: Line, search: Search) -> None:
    search.findings = (CLEAN,)
    result = line("check", "good.toml", "--lookahead", "--after", "2024-01-01", "--cuts", "3")
    assert ("", 0) == (result.stderr, result.exit_code)
    assert ["lookahead   run: 7 events are the same", "ok"] == result.stdout.splitlines()[-2:]
    assert [("good", {"after": (1_704_067_200_000_000_000,), "cuts": 3})] == search.asked


@pytest.mark.usefixtures("node")
def test_lookahead_is_searched_with_the_usual_number_of_cuts(line: Line, search: Search) -> None:
    line("check", "good.toml", "--lookahead")
    assert [("good", {"after": (), "cuts": CUTS})] == search.asked


@pytest.mark.usefixtures("node")
def test_lookahead_that_is_found_is_told_and_fails(line: Line, search: Search) -> None:
    search.findings = (FOUND, CLEAN)
    result = line("check", "good.toml", "--lookahead")
    assert (1, "lookahead: query z: row 1 was 5, and is 6\n") == (result.exit_code, result.stderr)
    assert "ok" not in result.stdout.splitlines()


@pytest.mark.usefixtures("node")
def test_json_tells_of_lookahead(line: Line, search: Search) -> None:
    search.findings = (FOUND, CLEAN)
    result = line("check", "good.toml", "--lookahead", "--json")
    found = json.loads(result.stdout)
    assert (1, False, "") == (result.exit_code, found["ok"], result.stderr)
    assert [FOUND.fault, None] == [each["fault"] for each in found["lookahead"]]


@pytest.mark.usefixtures("node")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--after", "2024-01-01"), "--after and --cuts belong to --lookahead"),
        (("--lookahead", "--after", "noon"), "expected a date or time such as"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    line: Line, words: tuple[str, ...], expected: str
) -> None:
    result = line("check", "good.toml", *words)
    assert 2 == result.exit_code
    assert expected in result.stderr


@pytest.mark.usefixtures("node")
def test_a_query_is_named_in_the_plan(line: Line, tmp_path: Path) -> None:
    query = '[[data]]\nname = "z"\nsql = "SELECT 1"\n'
    (tmp_path / "query.toml").write_text(f"{GOOD}\n{query}")
    assert "data        query z, feature" in line("check", "query.toml").stdout.splitlines()


def test_what_a_strategy_prints_is_not_in_the_json(
    line: Line, node: type[Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    def search(load: Callable[[], Plan], **options: Any) -> Iterator[Finding]:
        print("runs")
        yield CLEAN

    def check(made: Node) -> tuple[str, ...]:
        print("checks")
        return ()

    monkeypatch.setattr(node, "check", check)
    monkeypatch.setattr(lookahead, "search", search)
    result = line("check", "good.toml", "--json", "--lookahead")
    assert ("checks\nruns\n", True) == (result.stderr, json.loads(result.stdout)["ok"])
