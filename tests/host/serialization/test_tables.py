from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa
import pytest

from argosy.errors import DataError
from argosy.model.currency import BTC
from argosy.model.data import BookOrder, Ticker
from argosy.model.enums import OrderSide
from argosy.model.values import Money, Price, Quantity
from argosy.serialization import arrow
from argosy.testing.instruments import default_fx_ccy, equity
from tests.host.model.strategies import AUDUSD
from tests.host.serialization.objects import FILLED, STATE, sorted_book


def field(objects: list[Any], name: str) -> pa.Field:
    return arrow.to_batch(objects).schema.field(name)


def test_prices_of_one_precision_are_decimals() -> None:
    batch = arrow.to_batch([FILLED])
    assert pa.decimal128(38, 5) == batch.schema.field("last_px").type
    assert [Decimal("-1.00010")] == batch.column("last_px").to_pylist()


def test_prices_of_two_precisions_are_text() -> None:
    coarse = msgspec.structs.replace(FILLED, last_px=Price("1.5"))
    assert pa.string() == field([FILLED, coarse], "last_px").type
    assert [FILLED, coarse] == arrow.from_batch(arrow.to_batch([FILLED, coarse]))


def test_money_of_one_currency_is_a_decimal_that_says_which() -> None:
    commission = field([FILLED], "commission")
    assert (pa.decimal128(38, 2), {b"argosy.currency": b"USD"}) == (
        commission.type,
        commission.metadata,
    )


def test_money_of_two_currencies_is_text() -> None:
    other = msgspec.structs.replace(FILLED, commission=Money("0.1", BTC))
    assert pa.string() == field([FILLED, other], "commission").type
    assert [FILLED, other] == arrow.from_batch(arrow.to_batch([FILLED, other]))


def test_decimals_keep_what_was_written() -> None:
    share = equity()
    fees = [
        msgspec.structs.replace(share, taker_fee=Decimal(text)) for text in ("0.10", "0.1", "1E-40")
    ]
    assert pa.decimal128(38, 2) == field(fees[:1], "taker_fee").type
    for some in (fees[:1], fees[:2], fees):
        back = arrow.from_batch(arrow.to_batch(some))
        assert [str(each.taker_fee) for each in some] == [str(each.taker_fee) for each in back]


def test_times_have_no_zone_and_ids_are_text() -> None:
    assert pa.timestamp("ns") == field([FILLED], "ts_init").type
    assert pa.string() == field([FILLED], "instrument_id").type
    assert pa.int64() == field([FILLED], "event_id").type


def test_structures_are_json() -> None:
    balances = field([STATE], "balances")
    assert (pa.string(), {b"argosy.encoding": b"json"}) == (balances.type, balances.metadata)
    assert [STATE] == arrow.from_batch(arrow.to_batch([STATE]))


def test_orders_of_a_book_are_structs() -> None:
    order = BookOrder(OrderSide.BUY, Price("1.5"), Quantity(2), 2**64 - 1)
    batch = arrow.to_batch([sorted_book([order])])
    assert [{"side": "BUY", "price": "1.5", "size": "2", "order_id": 2**64 - 1}] == (
        batch.column("bids").to_pylist()[0]
    )


def test_large_integers_find_a_column() -> None:
    events = [msgspec.structs.replace(FILLED, event_id=number) for number in (1, 2**63)]
    assert pa.uint64() == field(events, "event_id").type
    huge = [msgspec.structs.replace(FILLED, event_id=number) for number in (-1, 2**70)]
    assert pa.string() == field(huge, "event_id").type
    for some in (events, huge):
        assert some == arrow.from_batch(arrow.to_batch(some))


def test_what_is_none_everywhere_comes_back() -> None:
    ticker = Ticker(instrument_id=AUDUSD, ts_event=1, ts_init=2)
    full = msgspec.structs.replace(ticker, last=Price("1.5"))
    for some in ([ticker], [ticker, full], [full, ticker]):
        assert some == arrow.from_batch(arrow.to_batch(some))


def test_objects_of_one_batch_are_of_one_type() -> None:
    with pytest.raises(DataError, match=r"object 1 is a Equity, those before it are CurrencyPair"):
        arrow.to_batch([default_fx_ccy("GBP/USD"), equity()])


def test_a_wrong_row_is_named() -> None:
    batch = arrow.to_batch([equity(), equity()])
    i = batch.schema.get_field_index("price_increment")
    wrong = batch.set_column(i, "price_increment", pa.array(["0.01", "0,01"]))
    with pytest.raises(DataError, match=r"batch of Equity, row 1: .*0,01.*\$.price_increment"):
        arrow.from_batch(wrong)
