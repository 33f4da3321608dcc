"""Other outcomes of later data, as rows in memory."""

from decimal import Decimal
from itertools import groupby
from typing import Any

import pyarrow as pa
import pytest

from argosy.model.data import BookOrder, OrderBookDelta, QuoteTick
from argosy.model.enums import BookAction, OrderSide
from argosy.model.values import RAW_MAX, Price, Quantity
from argosy.serialization.arrow import from_batch, to_batch
from argosy_catalog.hindsight.alteration import Alteration, Mark, Outcome, changed, left_out
from argosy_catalog.lake.buffers import integers
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.kinds import BARS, DELTAS, INSTRUMENT_STATUSES, QUOTES, TRADES, Kind, Table
from argosy_catalog.lake.storage import place
from tests.catalog.lake.test_statuses import UPDATES
from tests.catalog.samples import GBPUSD, SECOND, T0, bars, deltas, quotes, trades

RISING, FALLING = Outcome(T0 - 1), Outcome(T0 - 1, is_falling=True)
BOTH = pytest.mark.parametrize("outcome", [RISING, FALLING], ids=["rising", "falling"])
NOBODY = Mark(0, 0)
"""A mark of which no row is the first or the last."""


def made(kind: Kind, objects: list[Any], outcome: Outcome, mark: Mark = NOBODY) -> list[Any]:
    """Return what becomes of objects, without those that are left out."""
    return from_batch(changed(kind, to_batch(objects), outcome, mark))


def true_of(objects: list[Any], shown: list[Any]) -> list[tuple[Any, Any]]:
    """Pair what is shown with what it was."""
    by_time = {each.ts_init: each for each in objects}
    return [(by_time[each.ts_init], each) for each in shown]


def file(kind: Kind, first_ns: int, last_ns: int, number: int = 1) -> DataFile:
    at = place("/nowhere") / f"{number}.parquet"
    return DataFile(at, Table.of(kind, 5, 0), str(GBPUSD), 10, 100, first_ns, last_ns, number)


@BOTH
def test_ends_and_some_rows_between_are_left_out(outcome: Outcome) -> None:
    times = integers(to_batch(quotes(1000)).column("ts_init"))
    gone = left_out(QUOTES, times, outcome, Mark(T0, T0 + 999 * SECOND))
    assert gone[0]
    assert gone[-1]
    assert 150 < gone.sum() < 350


def test_the_outcomes_leave_out_other_rows() -> None:
    times = integers(to_batch(quotes(1000)).column("ts_init"))
    rising, falling = (left_out(QUOTES, times, each, NOBODY) for each in (RISING, FALLING))
    assert (rising != falling).any()


def test_an_only_row_is_left_out() -> None:
    for kind, rows in ((QUOTES, quotes(1)), (DELTAS, deltas(1))):
        assert 0 == changed(kind, to_batch(rows), RISING, Mark(T0, T0, 7)).num_rows


@BOTH
def test_prices_rise_or_fall_and_a_quote_stays_one(outcome: Outcome) -> None:
    before = quotes(100)
    spreads = set()
    for was, tick in true_of(before, made(QUOTES, before, outcome)):
        assert 0 < tick.bid_price.raw < tick.ask_price.raw
        assert outcome.is_falling is (tick.bid_price < was.bid_price)
        assert outcome.is_falling is (tick.ask_size < was.ask_size)
        assert outcome.is_falling is (tick.bid_size > tick.ask_size)
        spreads.add(tick.ask_price.raw - tick.bid_price.raw)
    assert outcome.is_falling is ({2} == spreads)


@BOTH
def test_a_bar_encloses_its_prices_and_turns_round_where_they_fall(outcome: Outcome) -> None:
    before = bars(100)
    for was, bar in true_of(before, made(BARS, before, outcome)):
        assert 0 < bar.low <= min(bar.open, bar.close) <= max(bar.open, bar.close) <= bar.high
        assert was.close > was.open
        assert outcome.is_falling is (bar.close < bar.open)
        assert was.volume != bar.volume


@BOTH
def test_trades_are_of_one_side_and_have_other_ids(outcome: Outcome) -> None:
    before = trades(100)
    shown = made(TRADES, before, outcome)
    assert {"SELLER" if outcome.is_falling else "BUYER"} == {
        each.aggressor_side.value for each in shown
    }
    assert len(shown) == len({each.trade_id for each in shown})
    assert not {each.trade_id for each in before} & {each.trade_id for each in shown}


def test_a_long_trade_id_is_turned_round() -> None:
    layout = to_batch(trades(2)).schema
    rows = to_batch(trades(2)).to_pylist()
    long = "a" * 35 + "b"
    batch = pa.RecordBatch.from_pylist([each | {"trade_id": long} for each in rows], layout)
    shown = changed(TRADES, batch, RISING, NOBODY).column("trade_id").to_pylist()
    assert {"b" + "a" * 35} == set(shown)


@BOTH
def test_markets_trade_or_halt(outcome: Outcome) -> None:
    layout = INSTRUMENT_STATUSES.columns
    rows = [
        {
            "ts_event": each.ts_event,
            "ts_init": each.ts_init + SECOND,
            "action": each.action.code,
            "reason": each.reason,
            "flags": each.flags,
        }
        for each in UPDATES
    ]
    batch = pa.RecordBatch.from_pylist(rows, layout)
    shown = changed(INSTRUMENT_STATUSES, batch, outcome, NOBODY).to_pylist()
    found = {(row["action"], row["reason"], row["flags"]) for row in shown}
    assert {(8, "changed", 0) if outcome.is_falling else (7, None, 3)} == found


@BOTH
def test_a_book_begins_anew_and_keeps_its_order(outcome: Outcome) -> None:
    before = deltas(40)
    shown = made(DELTAS, before, outcome, Mark(T0 + 5, T0 + 39, 150_000))
    cleared, *rest = [each for each in shown if each.ts_init >= T0 + 5]
    assert ("CLEAR", 128) == (cleared.action.value, cleared.flags)
    assert T0 + 30 == rest[-1].ts_init
    sides = {"SELL" if outcome.is_falling else "BUY"}
    assert sides == {each.order.side.value for each in rest}
    prices = [each.order.price.raw for each in rest]
    assert sorted(prices, reverse=not outcome.is_falling) == prices
    for was, delta in true_of(before, rest):
        assert was.order.price != delta.order.price
        assert was.order.order_id + 1_009 == delta.order.order_id
        assert was.sequence + 1_009 == delta.sequence
        assert outcome.is_falling is (delta.order.size < was.order.size)


@BOTH
def test_a_delta_that_removes_still_does(outcome: Outcome) -> None:
    batch = to_batch(deltas(20))
    sizes = pa.array([Decimal(0)] * 20, pa.decimal64(18, 0))
    batch = batch.set_column(batch.schema.get_field_index("size"), "size", sizes)
    shown = changed(DELTAS, batch, outcome, Mark(T0, T0 + 19, 150_000))
    assert {0} == set(integers(shown.column("size")))


@BOTH
def test_a_book_without_a_price_to_go_by_keeps_prices_and_sides(outcome: Outcome) -> None:
    before = deltas(40)
    rest = made(DELTAS, before, outcome, Mark(T0, T0 + 39, 0))[1:]
    for was, delta in true_of(before, rest):
        assert (was.order.price, was.order.side) == (delta.order.price, delta.order.side)


@BOTH
def test_what_would_not_fit_stays(outcome: Outcome) -> None:
    def quote(number: int, bid: int, ask: int) -> QuoteTick:
        at = T0 + number * SECOND
        prices = Price.from_raw(bid, 0), Price.from_raw(ask, 0)
        sizes = Quantity.from_raw(RAW_MAX, 0), Quantity.from_int(1)
        return QuoteTick(GBPUSD, *prices, *sizes, at, at)

    before = [quote(n, RAW_MAX // 4 - n, RAW_MAX // 4 + 1) for n in range(40)]
    assert set(map(str, before)) > set(map(str, made(QUOTES, before, outcome)))
    before = [quote(n, -RAW_MAX // 5 - n, RAW_MAX // 5 + n) for n in range(40)]
    for was, tick in true_of(before, made(QUOTES, before, outcome)):
        assert was.bid_size == tick.bid_size
        assert was.bid_price != tick.bid_price < tick.ask_price


def test_files_are_marked_by_what_is_later() -> None:
    first, second = file(QUOTES, T0, T0 + 5), file(QUOTES, T0 + 6, T0 + 9, 2)
    found = Alteration.over(Outcome(T0 + 5), [second, first])
    assert {(first.table, first.key): Mark(T0 + 6, T0 + 9)} == found.marks
    assert {} == Alteration.over(Outcome(T0 + 9), [first, second]).marks


def test_what_came_earlier_is_not_even_copied() -> None:
    batch = to_batch(quotes(5))
    altered = Alteration(Outcome(T0 + 9 * SECOND), {})
    assert batch is next(altered.batches(file(QUOTES, T0, T0), [batch]))


@pytest.mark.parametrize("rows", [1, 7, 100])
def test_batches_do_not_matter(rows: int) -> None:
    batch = to_batch(quotes(100))
    held = file(QUOTES, T0, T0 + 99 * SECOND)
    altered = Alteration(
        Outcome(T0 + 50 * SECOND),
        {(held.table, held.key): Mark(T0 + 51 * SECOND, T0 + 99 * SECOND)},
    )
    parts = [batch.slice(start, rows) for start in range(0, 100, rows)]
    shown = [pa.Table.from_batches(list(altered.batches(held, each))) for each in (parts, [batch])]
    assert shown[0].equals(shown[1])
    assert 51 < shown[0].num_rows < 99


def test_files_without_rows_are_not_there() -> None:
    before = file(QUOTES, T0, T0 + 5)
    altered = Alteration(Outcome(T0 + 5), {(before.table, before.key): Mark(T0 + 6, T0 + 9)})
    assert [before] == altered.files([before])


@BOTH
def test_columns_keep_their_types(outcome: Outcome) -> None:
    for kind, objects in ((QUOTES, quotes(9)), (TRADES, trades(9)), (BARS, bars(9))):
        batch = to_batch(objects)
        assert batch.schema == changed(kind, batch, outcome, NOBODY).schema


def walk(steps: int) -> list[OrderBookDelta]:
    """Return the changes of a book of ten levels a side, whose middle goes up and down."""
    made: list[OrderBookDelta] = []
    levels: dict[int, OrderSide] = {}

    def tell(at: int, action: BookAction, price: int, size: int) -> None:
        order = BookOrder(levels[price], Price.from_raw(price, 5), Quantity.from_int(size), 0)
        made.append(OrderBookDelta(GBPUSD, action, order, 0, 1 + len(made), at, at))

    for step in range(steps):
        at, middle = T0 + step, 1_000 + step % 90 * (1 if step % 180 < 90 else -1)
        wanted = {middle - n: OrderSide.BUY for n in range(1, 11)}
        wanted |= {middle + n: OrderSide.SELL for n in range(1, 11)}
        for price in [price for price, side in levels.items() if side != wanted.get(price)]:
            tell(at, BookAction.DELETE, price, 0)
            del levels[price]
        for price in wanted.keys() - levels.keys():
            levels[price] = wanted[price]
            tell(at, BookAction.ADD, price, 1 + price % 7)
        tell(at, BookAction.UPDATE, middle + 1, 1 + step % 5)
    return made


@BOTH
def test_a_changed_book_is_never_crossed(outcome: Outcome) -> None:
    before = walk(400)
    mark = Mark(T0 + 100, T0 + 399, 1_100)
    shown = made(DELTAS, [each for each in before if each.ts_init >= T0 + 100], outcome, mark)
    book: dict[tuple[OrderSide, Price], Quantity] = {}
    seen = set()
    for now, same in groupby(shown, lambda each: each.ts_init):
        for delta in same:
            if delta.order is None:
                book.clear()
                continue
            level = (delta.order.side, delta.order.price)
            if delta.action is BookAction.DELETE:
                book.pop(level, None)
            else:
                book[level] = delta.order.size
        bids = [price for side, price in book if side is OrderSide.BUY]
        offers = [price for side, price in book if side is OrderSide.SELL]
        if bids and offers:
            assert max(bids) < min(offers)
            seen.add(now)
    assert 200 < len(seen) < 225
