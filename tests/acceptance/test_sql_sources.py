"""SQL as a source of data: what a strategy gets, what the run keeps, what bad input is told."""

from __future__ import annotations

import shutil
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from argosy.modes.backtest.node import build_engine
from argosy.plugins.wiring import load_plan
from tests.acceptance.conftest import new_project
from tests.acceptance.kit import Project

STRATEGY = '''\
import msgspec

from argosy import (
    DataType, Feature, InstrumentId, OrderSide, Price, Quantity, Strategy, StrategyConfig
)


class Mean(msgspec.Struct, frozen=True):
    ts_init: int
    instrument_id: InstrumentId
    mean: Price


class SignalsConfig(StrategyConfig, frozen=True):
    instrument: InstrumentId


class Signals(Strategy):
    """Trade the sign of a feature, and count means and bars."""

    def __init__(self, config: SignalsConfig) -> None:
        super().__init__(config)
        self.got = []

    def on_start(self) -> None:
        self.subscribe_data(DataType(Feature, {"name": "deviation"}))
        self.subscribe_data(DataType(Mean))

    def on_data(self, data) -> None:
        self.got.append(data)
        if isinstance(data, Mean):
            return
        self.trade(data)

    def trade(self, data) -> None:
        instrument = self.config.instrument
        if data.z > 0 and self.portfolio.is_flat(data.instrument_id):
            size = Quantity.from_int(1000)
            self.submit_order(self.order_factory.market(instrument, OrderSide.BUY, size))
        elif data.z < 0:
            self.close_all_positions(instrument)
'''

HEAD = """\
name = "signals"
seed = 7

[catalog]
path = "data/catalog"

[venues.SIM.simulate]
use = "sim"
account = { type = "margin", base_currency = "USD", balances = ["1_000_000 USD"], leverage = 20 }

[[data]]
type = "quote"
instruments = ["GBP/USD.SIM"]

[[data]]
"""

DEVIATION = """\
name = "deviation"
sql = \"\"\"
SELECT ts_init, instrument_id,
       bid_price - avg(bid_price) OVER (ORDER BY ts_init ROWS $n PRECEDING) AS z
FROM quotes WHERE instrument_id = $id
\"\"\"
params = { id = "GBP/USD.SIM", n = 20 }
"""

MEANS = """\

[[data]]
name = "means"
type = "signals:Mean"
sql = \"\"\"
SELECT ts_init, instrument_id,
       CAST(avg(bid_price) OVER (ORDER BY ts_init) AS DECIMAL(18, 5)) AS mean
FROM quotes
\"\"\"
decimals = { mean = 5 }

[[data]]
name = "five"
type = "bar"
bar_types = ["GBP/USD.SIM-5-SECOND-BID-EXTERNAL"]
sql = \"\"\"
SELECT time_bucket(INTERVAL 5 SECOND, ts_init) + INTERVAL 5 SECOND AS ts_init,
       first(bid_price ORDER BY ts_init) AS open, max(bid_price) AS high,
       min(bid_price) AS low, last(bid_price ORDER BY ts_init) AS close, 0 AS volume
FROM quotes GROUP BY 1
\"\"\"
"""

TAIL = """
[[strategies]]
use = "signals"
instrument = "GBP/USD.SIM"
"""

SYSTEM = HEAD + DEVIATION + MEANS + TAIL
PLACE = "config/signals.toml"


@pytest.fixture(scope="module")
def made(project: Path, small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose strategy reads features."""
    found = new_project(tmp_path_factory.mktemp("signals"), project)
    shutil.copytree(small_data, found.catalog_path)
    found.write("strategies/signals.py", STRATEGY)
    found.write(PLACE, SYSTEM)
    return found


def run(project: Project, text: str = SYSTEM, catalog: Any = None) -> Any:
    """Run a system in this process and return its engine."""
    project.write("config/changed.toml", text)
    plan = load_plan(project.folder / "config/changed.toml")
    opened = plan.catalog.build() if catalog is None else catalog
    try:
        engine = build_engine(plan, opened, opened.snapshot())
        engine.run()
    finally:
        opened.close()
    return engine


def test_a_run_keeps_what_its_queries_returned(
    made: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made.folder)
    result = made.json("run", PLACE)
    assert (True, 641) == (result["is_complete"], result["rows"])
    assert 2 < result["fills"]
    inputs = made.sql(
        f"SELECT source, position, type, rows, hash FROM inputs WHERE run_id = '{result['run_id']}'"
    )
    assert [
        ("deviation", 1, "feature", 200),
        ("means", 2, "signals:Mean", 200),
        ("five", 3, "bar", 41),
    ] == [tuple(row[name] for name in ("source", "position", "type", "rows")) for row in inputs]
    counts = made.sql("SELECT source, count(*) AS rows FROM features GROUP BY 1 ORDER BY 1")
    assert {"deviation": 200, "five": 41, "means": 200} == {
        row["source"]: row["rows"] for row in counts
    }

    class Stored:
        """Answers from the receipt of the run in place of SQL."""

        def __init__(self, catalog: Any) -> None:
            self.catalog = catalog
            sources = catalog.sql("SELECT source, query FROM inputs").to_pylist()
            self.sources = {row["query"]: row["source"] for row in sources}

        def __getattr__(self, name: str) -> Any:
            return getattr(self.catalog, name)

        def feature_rows(self, query: str, *_: Any, **__: Any) -> Any:
            return self.catalog.run_features(result["run_id"], self.sources[query])

    again = run(made, catalog=Stored(made.catalog()))
    assert result["event_log_hash"] == again.result().event_log_hash


def test_a_run_asks_each_query_once(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()

    class Counting:
        """A connection that counts what it is asked."""

        def __init__(self, connection: Any) -> None:
            self.connection = connection

        def __getattr__(self, name: str) -> Any:
            return getattr(self.connection, name)

        def execute(self, query: str, *values: Any) -> Any:
            asked[query] += 1
            return self.connection.execute(query, *values)

    features = import_module("argosy_catalog.runs.features")
    guarded = features.guarded
    monkeypatch.setattr(features, "guarded", lambda *a, **b: Counting(guarded(*a, **b)))
    monkeypatch.chdir(made.folder)
    made.json("run", PLACE)
    queries = [str(data.sql) for data in load_plan(made.folder / PLACE).data if data.sql]
    assert [1, 1, 1] == [asked[query] for query in queries]


@pytest.mark.slow
def test_a_strategy_gets_rows_of_its_types_in_order(made: Project) -> None:
    (strategy,) = run(made).trader.strategies()
    kinds = [type(each).__name__ for each in strategy.got]
    assert ["Feature", "Mean"] * 200 == kinds
    assert "Price" == type(strategy.got[1].mean).__name__
    assert sorted(each.ts_init for each in strategy.got) == [each.ts_init for each in strategy.got]


@pytest.mark.slow
@pytest.mark.parametrize("batch_rows", [1, 7])
def test_neither_batches_nor_repetition_change_a_run(made: Project, batch_rows: int) -> None:
    other = run(made, f"{SYSTEM}\n[run]\nbatch_rows = {batch_rows}\n")
    assert run(made).result().event_log_hash == other.result().event_log_hash


@pytest.mark.slow
def test_declared_order_decides_at_one_time(made: Project) -> None:
    """A query that stands above the quotes is heard before them, at the price before."""
    quotes = '[[data]]\ntype = "quote"\ninstruments = ["GBP/USD.SIM"]\n\n'
    late = run(made).result().event_log_hash
    early = HEAD.replace(quotes, "") + DEVIATION + "\n" + quotes + MEANS + TAIL
    assert late != run(made, early).result().event_log_hash


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "SELECT ts_init, instrument_id,\n       bid_price -",
            "SELECT instrument_id,\n       bid_price -",
            ":17: data[1].sql: it returns no column ts_init (it has instrument_id, z). "
            "Return the time at which a row becomes known: SELECT ... AS ts_init",
        ),
        (
            "bid_price - avg",
            "random() - avg",
            ":17: data[1].sql: random() is refused: it may answer differently later. "
            "A run must be repeatable: bind a value with params instead",
        ),
        (
            "FROM quotes WHERE",
            "FROM fills WHERE",
            ":17: data[1].sql: it reads fills, which runs write: the next run would get other "
            "rows. Read ",
        ),
        (
            ", n = 20 }",
            ", m = 20 }",
            ":22: data[1].params: the query wants a value for $n. Give n = ...",
        ),
        (
            'params = { id = "GBP/USD.SIM"',
            'decimals = { z = 4 }\nparams = { id = "GBP/USD.SIM"',
            ":17: data[1].sql: column 'z' is DOUBLE, where 4 decimals are declared: "
            "a float is not exact. Write CAST(z AS DECIMAL(18, 4)), which rounds where you want it",
        ),
        (
            "WHERE instrument_id = $id",
            "WHERE instrument_id = $id AND false",
            ":17: data[1].sql: the query returns no row. See with `argosy sql` what it returns, "
            "and `argosy catalog ls` what there is",
        ),
        (
            " AS z\n",
            ' AS "class"\n',
            ":17: data[1].sql: column 'class' cannot be an attribute. Rename it: AS another_name",
        ),
        (
            "signals:Mean",
            "signals:Means",
            ":26: data[2].type: signals has no msgspec Struct 'Means'. Did you mean 'Mean'?",
        ),
        (
            "AS mean\n",
            "AS average\n",
            ":32: data[2].decimals: the query returns no 'mean'. "
            "Available: average, instrument_id, ts_init",
        ),
        (
            "0 AS volume",
            "0.5::DOUBLE AS volume",
            ":38: data[3].sql: column 'volume' is DOUBLE, where 0 decimals are declared: ",
        ),
    ],
)
def test_a_wrong_query_is_told_with_line_key_and_cure(
    made: Project, monkeypatch: pytest.MonkeyPatch, old: str, new: str, expected: str
) -> None:
    monkeypatch.chdir(made.folder)
    assert 1 == SYSTEM.count(old), old
    made.write("config/wrong.toml", SYSTEM.replace(old, new))
    result = made.line("check", "config/wrong.toml")
    assert 2 == result.exit_code, result.output
    assert result.stderr.startswith(f"error: config/wrong.toml{expected}"), result.stderr
