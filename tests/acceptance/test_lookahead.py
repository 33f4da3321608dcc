"""`argosy check --lookahead` finds queries and strategies that know the future, and only these."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from argosy.modes.lookahead import search
from argosy.plugins.wiring import load_plan
from tests.acceptance.conftest import new_project
from tests.acceptance.kit import SECOND, T0, Project
from tests.acceptance.test_sql_sources import DEVIATION, HEAD, STRATEGY, SYSTEM, TAIL

pytestmark = pytest.mark.slow

PEEKING_QUERY = DEVIATION.replace("ROWS $n PRECEDING", "ROWS BETWEEN $n PRECEDING AND 1 FOLLOWING")
HINDSIGHT = """
    def on_start(self) -> None:
        from argosy_catalog import ParquetDataCatalog

        super().on_start()
        with ParquetDataCatalog("data/catalog") as catalog:
            {read}
        if last > 0:
            size = Quantity.from_int(last)
            instrument = self.config.instrument
            self.submit_order(self.order_factory.market(instrument, OrderSide.BUY, size))
"""
BY_SQL = (
    'found = catalog.sql("SELECT max(ask_price) * 100000 AS x FROM quotes"); '
    "last = int(found.column(0)[0].as_py())"
)
BY_OBJECTS = 'last = catalog.quote_ticks("GBP/USD.SIM")[-1].ask_price.raw'
BY_STREAM = (
    'last = list(catalog.streams(QuoteTick, ["GBP/USD.SIM"])[0].batches())[-1]'
    '.column("ask_price").to_pylist()[-1]; last = int(last * 100_000)'
)
HONEST = "last = 7"
FICKLE = "import sys; last = sys.fickle = getattr(sys, 'fickle', 0) + 1"


@pytest.fixture
def made(
    project: Path, small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    found = new_project(tmp_path, project)
    shutil.copytree(small_data, found.catalog_path)
    found.write("strategies/signals.py", STRATEGY)
    monkeypatch.chdir(tmp_path)
    return found


def strategy(read: str) -> str:
    """Return a strategy that trades at its start what it has read."""
    base = STRATEGY.replace("class Signals(", "class _Signals(").replace(
        "InstrumentId, OrderSide", "InstrumentId, QuoteTick, OrderSide"
    )
    own = "class Signals(_Signals):\n    def __init__(self, config: SignalsConfig) -> None:\n"
    return f"{base}\n\n{own}        super().__init__(config)\n{HINDSIGHT.format(read=read)}"


def test_a_clean_system_is_proved_clean(made: Project) -> None:
    made.write("config/signals.toml", SYSTEM)
    result = made.line("check", "config/signals.toml", "--lookahead", "--cuts", "3")
    assert (0, "") == (result.exit_code, result.stderr)
    *_, first, second, third, run, last = result.stdout.splitlines()
    assert [
        "lookahead   query deviation: 200 rows, 3 cuts: none depends on later data",
        "lookahead   query means: 200 rows, 3 cuts: none depends on later data",
        "lookahead   query five: 41 rows, 3 cuts: none depends on later data",
    ] == [first, second, third]
    assert run.startswith("lookahead   run: ")
    assert run.endswith("Z are the same with other data after it")
    assert "ok" == last
    assert [] == made.sql("SELECT run_id FROM runs")


def test_a_query_over_following_rows_is_found(made: Project) -> None:
    made.write("config/signals.toml", HEAD + PEEKING_QUERY + TAIL)
    result = made.line("check", "config/signals.toml", "--lookahead", "--cuts", "3")
    assert 1 == result.exit_code
    assert result.stderr.startswith(
        "lookahead: query deviation: with data after 2024-01-01T00:00:01Z withheld, "
        "row 1 was ts_init = 2024-01-01T00:00:01.000000000, instrument_id = GBP/USD.SIM, z = -"
    )
    assert (
        "and is ts_init = 2024-01-01T00:00:01.000000000, instrument_id = GBP/USD.SIM, z = 0.0"
        in result.stderr
    )
    assert "ok" not in result.stdout.splitlines()


def test_bars_that_are_known_when_they_open_are_found(made: Project) -> None:
    made.write("config/signals.toml", SYSTEM.replace(" + INTERVAL 5 SECOND AS ts", " AS ts"))
    found = made.line("check", "config/signals.toml", "--lookahead", "--cuts", "3", "--json")
    assert 1 == found.exit_code
    assert '"subject": "query five"' in found.stdout
    assert '"ok": false' in found.stdout


@pytest.mark.parametrize("read", [BY_SQL, BY_OBJECTS, BY_STREAM])
def test_a_strategy_that_reads_the_future_is_found(made: Project, read: str) -> None:
    made.write("config/signals.toml", HEAD + DEVIATION + TAIL)
    made.write("strategies/signals.py", strategy(read))
    result = made.line("check", "config/signals.toml", "--lookahead", "--cuts", "1")
    assert 1 == result.exit_code, result.output
    assert (
        "lookahead: run: with other data after 2024-01-01T00:01:40.5Z, "
        "OrderInitialized of Signals-000 at 2024-01-01T00:00:01Z differs: quantity was "
    ) in result.stderr


def test_a_strategy_that_reads_nothing_is_not(made: Project) -> None:
    made.write("config/signals.toml", HEAD + DEVIATION + TAIL)
    made.write("strategies/signals.py", strategy(HONEST))
    result = made.line(
        "check", "config/signals.toml", "--lookahead", "--cuts", "1",
        "--after", "2024-01-01T00:00:30Z", "--after", "2024-01-01T00:03:00Z",
    )  # fmt: skip
    assert (0, "") == (result.exit_code, result.stderr)
    assert 2 == result.stdout.count("are the same with other data after it")


def test_a_time_before_all_data_tests_nothing_and_says_so(made: Project) -> None:
    made.write("config/signals.toml", HEAD + DEVIATION + TAIL)
    made.write("strategies/signals.py", strategy(HONEST))
    result = made.line("check", "config/signals.toml", "--lookahead", "--after", "1990-01-01")
    assert "nothing was tested: no event is as old as 1990-01-01T00:00:00Z" in result.stdout


def test_a_run_that_cannot_be_repeated_is_told_as_such(made: Project) -> None:
    made.write("config/signals.toml", HEAD + DEVIATION + TAIL)
    made.write("strategies/signals.py", strategy(FICKLE))
    result = made.line("check", "config/signals.toml", "--lookahead", "--cuts", "1")
    assert 1 == result.exit_code
    assert "lookahead: run: it cannot be repeated, with the same data either: " in result.stderr


def test_two_searches_in_two_threads_find_what_each_finds_alone(made: Project) -> None:
    made.write("config/signals.toml", HEAD + DEVIATION + TAIL)
    made.write("strategies/signals.py", strategy(BY_OBJECTS))
    load = partial(load_plan, made.folder / "config/signals.toml")
    times = [T0 + 60 * SECOND, T0 + 140 * SECOND]
    begun = Barrier(len(times))

    def found(time: int) -> list[str]:
        return [str(finding) for finding in search(load, after=[time], cuts=2)]

    def found_beside_another(time: int) -> list[str]:
        begun.wait()
        return found(time)

    alone = list(map(found, times))
    with ThreadPoolExecutor(len(times)) as threads:
        together = list(threads.map(found_beside_another, times))
    assert alone == together
    assert all("OrderInitialized of Signals-000" in each[-1] for each in alone)
