"""What bad data get: a clear error with place and cure, and nothing of it is ever read."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import inf, nan
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from argosy import BacktestEngine, DataError, Price, Quantity, QuoteTick, ValueRangeError
from argosy.model.instruments import Instrument
from argosy.serialization import arrow
from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.conftest import new_project, with_small_system
from tests.acceptance.kit import Project
from tests.acceptance.script import MARGIN, PAIR, ns, quote
from tests.acceptance.small import PLACE, SYSTEM

GOOD = """\
ts_event,bid_price,ask_price,bid_size,ask_size
2024-02-01T00:00:01,1.50000,1.50010,1000,1000
2024-02-01T00:00:02,1.50001,1.50011,1000,1000
"""

INGEST = ["--type", "quote", "--instrument", "GBP/USD.SIM"]


def assert_unchanged(small: Project) -> None:
    """Check that the catalog holds what it held, and that the system can still run."""
    assert [{"rows": 200}] == small.sql("SELECT count(*) AS rows FROM quotes")
    assert 0 == small.line("check", PLACE).exit_code


# -- files that are loaded ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def refusing(
    project: Path, small_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    """A project that bad files are loaded into; none of them has left anything at the end."""
    made = with_small_system(new_project(tmp_path_factory.mktemp("bad"), project), small_data)
    made.write("good.csv", GOOD)
    yield made
    assert [{"rows": 200}] == made.sql("SELECT count(*) AS rows FROM quotes")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("1.50001", "1.500011", "bad.csv:3, column 'bid_price': 1.500011 has 6 decimals, the"),
        ("1.50001,1.50011", "nan,nan", "bad.csv:3, column 'bid_price': 'nan' is no finite number"),
        ("1.50001", "inf", "bad.csv:3, column 'bid_price': 'inf' is no finite number"),
        ("1.50001,1.50011", ",", "bad.csv:3, column 'bid_price': the value is missing"),
        (",1.50011,1000,", ",1.50011,-1000,", "bad.csv:3: bid_size is negative. Correct"),
        (
            "00:00:02,",
            "00:00:02,1,1,1,1\n2024-02-01T00:00:00,",
            "bad.csv:4: the rows are not sorted",
        ),
        ("2024-02-01T00:00:02", "yesterday", "bad.csv:3, column 'ts_event': "),
        ("bid_price", "bid", "bad.csv: "),
        ("1.50001,1.50011,1000,1000", "1.50001,1.50011", "bad.csv"),
    ],
)
def test_a_bad_file_is_loaded_not_at_all(
    refusing: Project, monkeypatch: pytest.MonkeyPatch, before: str, after: str, expected: str
) -> None:
    monkeypatch.chdir(refusing.folder)
    assert before in GOOD
    refusing.write("bad.csv", GOOD.replace(before, after).replace("2024-02-01", "2024-02-02"))
    result = refusing.line("catalog", "ingest", "good.csv", "bad.csv", *INGEST)
    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(f"error: {expected}"), result.stderr


def test_data_that_the_catalog_holds_are_not_loaded_twice(small: Project) -> None:
    small.write("again.csv", GOOD.replace("2024-02-01", "2024-01-01"))
    result = small.line("catalog", "ingest", "again.csv", *INGEST)
    assert (2, "") == (result.exit_code, result.stdout)
    assert "GBP/USD.SIM" in result.stderr
    assert "2024-01-01" in result.stderr
    assert_unchanged(small)


# -- the catalog's own files ----------------------------------------------------------------------


def market_file(small: Project) -> Path:
    [found] = (small.catalog_path / "data/market").rglob("*.parquet")
    return found


@pytest.mark.parametrize("keep", [pytest.param(0, marks=pytest.mark.slow), -100])
def test_a_truncated_file_ends_the_run_before_it_begins(small: Project, keep: int) -> None:
    file = market_file(small)
    whole = file.read_bytes()
    file.write_bytes(whole[:keep])
    result = small.line("run", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    assert file.name in result.stderr
    assert "Traceback" not in result.stderr
    assert [] == small.sql("SELECT run_id FROM runs")
    checked = small.line("check", PLACE)
    assert (2, True) == (checked.exit_code, file.name in checked.stderr)
    read = small.line("sql", "SELECT sum(bid_size) FROM quotes")
    assert (2, "") == (read.exit_code, read.stdout)
    file.write_bytes(whole)
    assert_unchanged(small)


def test_a_file_that_is_missing_is_named(small: Project) -> None:
    file = market_file(small)
    file.unlink()
    result = small.line("run", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    assert file.name in result.stderr


def test_a_spoiled_page_ends_the_run_and_is_named(small: Project) -> None:
    file = market_file(small)
    content = bytearray(file.read_bytes())
    content[200:400] = bytes(200)
    file.write_bytes(bytes(content))
    result = small.line("run", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    assert "GBP/USD.SIM" in result.stderr or file.name in result.stderr
    assert "Traceback" not in result.stderr


def test_metadata_that_are_no_database_are_named(small: Project) -> None:
    (small.catalog_path / "metadata.sqlite").write_bytes(b"nothing of the kind" * 100)
    for words in (("run", PLACE), ("sql", "SELECT 1"), ("catalog", "ls")):
        result = small.line(*words)
        assert (2, "") == (result.exit_code, result.stdout)
        assert "data/catalog" in result.stderr
        assert "Traceback" not in result.stderr


def test_data_of_other_decimals_than_the_instrument_are_refused(small: Project) -> None:
    other = SYSTEM.replace("GBP/USD", "GBP/JPY")
    ticks = [quote(second, 150_000, 150_010, key=type(PAIR)("GBP/JPY.SIM")) for second in (1, 2)]
    small.load([default_fx_ccy("GBP/JPY")], ticks)
    small.write(PLACE, other)
    for command in ("check", "run"):
        result = small.line(command, PLACE)
        assert (2, "") == (result.exit_code, result.stdout)
        assert result.stderr.startswith(
            "error: QuoteTick GBP/JPY.SIM: prices have 5 decimals and sizes 0, but the instrument"
            " has 3 and 0. "
        )


# -- data in memory -------------------------------------------------------------------------------


def engine(instrument: Instrument | None = None) -> BacktestEngine:
    """Return an engine with one venue and one instrument."""
    made = BacktestEngine()
    made.add_venue("SIM", account=MARGIN)
    made.add_instrument(instrument or default_fx_ccy("GBP/USD"))
    return made


def run_of(*data: Any) -> BacktestEngine:
    """Return an engine that has run over data."""
    made = engine()
    for each in data:
        made.add_data(each)
    made.run()
    return made


def test_objects_out_of_order_are_refused_with_both_times() -> None:
    with pytest.raises(DataError) as raised:
        run_of([quote(2, 150_000, 150_010), quote(1, 150_000, 150_010)])
    assert str(raised.value).startswith("QuoteTick GBP/USD.SIM")
    assert str(ns(1)) in str(raised.value)
    assert "ort" in str(raised.value)


def test_arrow_rows_out_of_order_are_refused_across_batches() -> None:
    rows = arrow.to_batch([quote(second, 150_000, 150_010) for second in (1, 2, 3)])
    table = pa.Table.from_batches([rows.slice(2), rows.slice(0, 2)])
    for batch_rows in (1, 65_536):
        made = engine()
        made.add_data(table, batch_rows=batch_rows)
        with pytest.raises(DataError, match="GBP/USD"):
            made.run()


def test_arrow_rows_without_a_value_are_refused() -> None:
    rows = arrow.to_batch([quote(1, 150_000, 150_010), quote(2, 150_000, 150_010)])
    index = rows.schema.get_field_index("bid_price")
    field = rows.schema.field(index).with_nullable(nullable=True)
    holed = pa.array([Decimal("1.50000"), None], field.type)
    with pytest.raises(DataError, match="bid_price"):
        run_of(pa.Table.from_batches([rows]).set_column(index, field, holed))


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_no_price_and_no_size_is_made_of_what_is_not_finite(value: float) -> None:
    with pytest.raises(ValueRangeError):
        Price(value, 5)
    with pytest.raises(ValueRangeError):
        Quantity(value, 5)


def test_negative_sizes_are_refused_as_objects_and_as_columns() -> None:
    with pytest.raises(ValueRangeError):
        Quantity(-1, 0)
    rows = arrow.to_batch([quote(1, 150_000, 150_010)])
    index = rows.schema.get_field_index("bid_size")
    field = rows.schema.field(index)
    negative = pa.array([Decimal(-1)], field.type)
    with pytest.raises(DataError, match=r"GBP/USD\.SIM: row 0 of a batch, .*: negative size"):
        run_of(pa.Table.from_batches([rows]).set_column(index, field, negative))


def test_data_of_an_instrument_that_was_not_added_are_refused() -> None:
    other = type(PAIR)("EUR/USD.SIM")
    with pytest.raises(Exception, match=r"EUR/USD\.SIM") as raised:
        run_of([quote(1, 150_000, 150_010, key=other)])
    assert 2 == raised.value.exit_code  # type: ignore[attr-defined]


def test_an_engine_without_data_and_without_an_end_is_refused() -> None:
    with pytest.raises(Exception, match="there is no data, and no end either"):
        engine().run()


def test_a_tick_of_other_decimals_than_its_instrument_is_refused() -> None:
    tick = quote(1, 150_000, 150_010)
    coarse = QuoteTick(
        PAIR,
        Price("1.5000"),
        Price("1.5001"),
        tick.bid_size,
        tick.ask_size,
        tick.ts_event,
        tick.ts_init,
    )
    with pytest.raises(DataError, match="prices have 4 decimals"):
        run_of([coarse])
