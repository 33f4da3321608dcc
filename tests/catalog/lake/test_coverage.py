"""Held, known to be empty, never fetched: to the nanosecond."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.data import Bar, QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.coverage import Coverage, coverage_spans, declare, spans_of
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.intervals import Span, union, without
from argosy_catalog.lake.kinds import QUOTES, Table
from tests.catalog.samples import BID_BARS, DAY, GBPUSD, SECOND, T0, bars, quotes

TABLE = Table.of(QUOTES, 5, 0)
ENDS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda p: (min(p), max(p)))
SPANS = st.lists(ENDS, max_size=4).map(union)


def files(spans: list[Span]) -> list[DataFile]:
    return [DataFile(Path("f"), TABLE, "A.B", 1, 1, a, b, i) for i, (a, b) in enumerate(spans)]


@given(SPANS, SPANS, SPANS)
def test_what_is_declared_beside_files_says_what_is_held_and_empty(
    of_files: list[Span], held: list[Span], empty: list[Span]
) -> None:
    coverage = Coverage(files(of_files), declare(files(of_files), held, empty))
    assert (held, without(empty, held)) == (coverage.held, coverage.empty)
    assert without([(0, 20)], [*held, *empty]) == coverage.missing(0, 20)


@given(SPANS)
def test_files_alone_need_no_declaration(spans: list[Span]) -> None:
    assert {} == declare(files(spans), spans, [])
    assert spans == Coverage(files(spans)).held == spans_of(files(spans))


def test_each_stretch_has_one_state() -> None:
    known = Coverage(files([(5, 9)]), {"empty": [(12, 14)]})
    found = coverage_spans({("quotes", "A.B"): known})
    expected = [(5, 9, "held"), (10, 11, "missing"), (12, 14, "empty")]
    assert expected == [(each.first_ns, each.last_ns, each.state) for each in found]
    found = coverage_spans({("quotes", "A.B"): known}, 8, 20)
    expected = [(8, 9, "held"), (10, 11, "missing"), (12, 14, "empty"), (15, 20, "missing")]
    assert expected == [(each.first_ns, each.last_ns, each.state) for each in found]


def test_time_is_held_marked_empty_and_missing_in_a_catalog(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(10))
    catalog.write_data(quotes(4, start=T0 + DAY, price_precision=2))
    catalog.write_data(bars(2))
    catalog.mark_empty(QuoteTick, GBPUSD.value, T0 + 2 * DAY, T0 + 3 * DAY - 1)
    span = (T0 - 5, T0 + 4 * DAY)
    expected = [
        (T0 - 5, T0 - 1),
        (T0 + 9 * SECOND + 1, T0 + DAY - 1),
        (T0 + DAY + 3 * SECOND + 1, T0 + 2 * DAY - 1),
        (T0 + 3 * DAY, T0 + 4 * DAY),
    ]
    assert expected == catalog.missing(QuoteTick, "GBP/USD.SIM", *span)
    assert [span] == catalog.missing(Bar, "EUR/USD.SIM-1-MINUTE-BID-EXTERNAL", *span)
    states = [each.state for each in catalog.coverage(QuoteTick)]
    assert ["held", "missing", "held", "missing", "empty"] == states
    (of_bars,) = catalog.coverage(identifiers=BID_BARS)
    assert ("bars", T0 + 60 * SECOND, "held") == (of_bars.kind, of_bars.first_ns, of_bars.state)
    rows = catalog.sql(
        "SELECT type, name, state, epoch_ns(first) a, epoch_ns(last) b FROM coverage"
    ).to_pylist()
    assert [
        (each.kind, each.key, each.state, each.first_ns, each.last_ns)
        for each in sorted(catalog.coverage())
    ] == [tuple(row.values()) for row in rows]


@pytest.mark.parametrize("start", ["2024-01-02", "2024-01-01T00:00:10"])
def test_an_empty_catalog_lacks_all_of_a_time(folder: Path, start: str) -> None:
    with ParquetDataCatalog(folder) as opened:
        (span,) = opened.missing(QuoteTick, "A.B", start, "2024-01-03")
        assert T0 + 2 * DAY == span[1]
        assert [] == opened.coverage()
