"""What loaders yield goes into the catalog: all of it, or nothing."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from argosy.errors import ArgosyError, CatalogError, DataError, PluginError
from argosy.model.data import OrderBookDeltas, QuoteTick
from argosy.model.values import Price
from argosy.parts.loader import Covered, Load, Rows, Sample
from argosy.serialization.arrow import to_batch
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.write.checks import find_fault
from tests.catalog.lake.test_statuses import UPDATES
from tests.catalog.samples import BID_BARS, GBPUSD, SECOND, T0, bars, deltas, files_under, quotes

PAIR = default_fx_ccy("GBP/USD")


class Toy:
    """A loader that yields what it was told to."""

    def __init__(self, *items: Any) -> None:
        self.items = items
        self.known: list[str] = []

    def guess(self, sample: Sample) -> str | None:
        return None

    def load(self, load: Load) -> Iterator[Any]:
        for item in self.items:
            self.known = sorted(load.instruments)
            yield item


def rows(objects: list[Any], place: Callable[[int], str] = "toy:{}".format) -> Rows:
    return Rows(to_batch(objects), place)


def test_everything_that_a_loader_yields_is_kept(catalog: ParquetDataCatalog) -> None:
    toy = Toy(PAIR, rows(quotes(3)), rows(bars(2)), *UPDATES, OrderBookDeltas(GBPUSD, deltas(4)))
    loaded = catalog.ingest([], toy)
    assert [
        ("instruments", "GBP/USD.SIM", 1),
        ("quotes", "GBP/USD.SIM", 3),
        ("bars", str(BID_BARS), 2),
        ("instrument_statuses", "GBP/USD.SIM", 3),
        ("instrument_statuses", "EUR/USD.SIM", 1),
        ("deltas", "GBP/USD.SIM", 1),
    ] == [(each.kind, each.key, each.rows) for each in loaded]
    assert (T0, T0 + 2 * SECOND) == (loaded[1].first_ns, loaded[1].last_ns)
    assert [PAIR] == catalog.instruments()
    assert (quotes(3), bars(2), deltas(4)) == (
        catalog.quote_ticks(),
        catalog.bars(),
        catalog.order_book_deltas(),
    )
    assert UPDATES == catalog.query(type(UPDATES[0]))


def test_a_loader_knows_stored_and_loaded_instruments(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(default_fx_ccy("EUR/USD"))
    toy = Toy(PAIR, quotes(1)[0])
    catalog.ingest([], toy)
    assert ["EUR/USD.SIM", "GBP/USD.SIM"] == toy.known


def test_rows_and_objects_of_one_key_keep_their_order(catalog: ParquetDataCatalog) -> None:
    objects = quotes(6)
    catalog.ingest([], Toy(*objects[:2], rows(objects[2:4]), *objects[4:]))
    assert objects == catalog.quote_ticks()


def test_a_covered_span_without_rows_is_known_to_be_empty(catalog: ParquetDataCatalog) -> None:
    end = T0 + 10 * SECOND
    catalog.ingest([], Toy(rows(quotes(3)), Covered(QuoteTick, GBPUSD, T0, end)))
    spans = [(each.state, each.first_ns, each.last_ns) for each in catalog.coverage(QuoteTick)]
    held = T0 + 2 * SECOND
    assert [("held", T0, held), ("empty", held + 1, end)] == spans


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (rows(quotes(2)), r"^toy:0: the rows are not sorted: ts_init 2024-01-01T00:00:00Z"),
        (rows(quotes(1, start=T0 - 1)), "^toy:0: the rows are not sorted"),
        (quotes(1)[0], "quotes of GBP/USD.SIM, row 0 of a batch: the rows are not sorted"),
        ("a word", "str is not market data"),
    ],
)
def test_a_bad_item_leaves_nothing_behind(
    catalog: ParquetDataCatalog, folder: Path, second: Any, message: str
) -> None:
    with pytest.raises(ArgosyError, match=message):
        catalog.ingest([], Toy(PAIR, rows(quotes(3)), second))
    assert ([], [], []) == (catalog.holdings(), catalog.instruments(), files_under(folder))


@pytest.mark.parametrize("apart", [True, False])
def test_files_that_overlap_are_both_named(
    catalog: ParquetDataCatalog,
    apart: bool,  # noqa: FBT001
) -> None:
    first = rows(quotes(3), "a.csv:{}".format)
    later = rows(quotes(3), ("b.csv:{}" if apart else "a.csv:1{}").format)
    expected = (
        "b.csv:0: the file begins before a.csv ends: ts_init 2024-01-01T00:00:00Z comes after "
        "2024-01-01T00:00:02Z. Give the earliest file first, or load them one by one with "
        "--on-overlap keep"
        if apart
        else "a.csv:10: the rows are not sorted"
    )
    with pytest.raises(DataError) as caught:
        catalog.ingest(["a.csv", "b.csv"], Toy(first, later))
    assert expected in str(caught.value)


class Failing(Toy):
    """A loader that raises after a batch."""

    def __init__(self, error: Exception) -> None:
        super().__init__(rows(quotes(3)))
        self.error = error

    def load(self, load: Load) -> Iterator[Any]:
        yield from super().load(load)
        raise self.error


def out_of_range() -> Exception:
    with pytest.raises(ArgosyError) as caught:
        Price.from_raw(10**18, 2)
    return caught.value


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (KeyError("x"), PluginError, r"^a\.x, b\.x: Failing failed: KeyError: 'x'"),
        (out_of_range(), DataError, r"^a\.x, b\.x: .* Correct or leave out the row"),
        (DataError("torn", place="a.x:3"), DataError, r"^a\.x:3: torn"),
    ],
)
def test_a_failing_loader_is_named_with_its_files(
    catalog: ParquetDataCatalog, folder: Path, error: Exception, kind: type, message: str
) -> None:
    with pytest.raises(kind, match=message):
        catalog.ingest(["a.x", "b.x"], Failing(error))
    assert ([], []) == (catalog.holdings(), files_under(folder))


def test_overlaps_follow_the_declared_policy(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(5))
    with pytest.raises(CatalogError, match="are already there"):
        catalog.ingest([], Toy(rows(quotes(3))))
    (loaded,) = catalog.ingest([], Toy(rows(quotes(7, first_raw=9))), on_overlap="keep")
    assert (7, 2, 0) == (loaded.rows, loaded.written, loaded.removed)
    assert [150_000] * 5 + [9] * 2 == [
        quote.bid_price.raw - number for number, quote in enumerate(catalog.quote_ticks())
    ]
    (loaded,) = catalog.ingest([], Toy(rows(quotes(2))), on_overlap="replace")
    assert (2, 2, 2) == (loaded.rows, loaded.written, loaded.removed)


def test_each_batch_is_checked_once(catalog: ParquetDataCatalog) -> None:
    toy = Toy(rows(quotes(3)), rows(bars(2)), *quotes(2, start=T0 + 60 * SECOND))
    with calls_of(find_fault) as calls:
        catalog.ingest([], toy)
    assert 3 == calls()


@contextmanager
def calls_of(function: Callable[..., Any]) -> Iterator[Callable[[], int]]:
    """Lend what tells how often a function was called in the block, whoever had a hold of it."""
    found = 0

    def note(frame: FrameType, event: str, _: Any) -> None:
        nonlocal found
        found += event == "call" and frame.f_code is function.__code__

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield lambda: found
    finally:
        sys.setprofile(before)
