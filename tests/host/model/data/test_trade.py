import pickle

import pytest
from hypothesis import given

from argosy.errors import DataError, InputError
from argosy.model.data import TradeTick, trade_from_raw
from argosy.model.enums import AggressorSide
from argosy.model.identifiers import TradeId
from argosy.model.values import Price, Quantity
from tests.host.model.strategies import AUDUSD, trades


def trade(size: str = "10.5", trade_id: str = "T-1") -> TradeTick:
    return TradeTick(
        AUDUSD, Price("0.75000"), Quantity(size), AggressorSide.SELLER, TradeId(trade_id), 1, 2
    )


def test_a_trade_holds_integers_and_makes_values_when_asked() -> None:
    tick = trade()
    assert (75_000, 105, 2) == (tick.price_raw, tick.size_raw, tick.aggressor)
    assert ("0.75000", "10.5") == (str(tick.price), str(tick.size))
    assert AggressorSide.SELLER is tick.aggressor_side
    assert TradeId("T-1") == tick.trade_id


def test_the_factory_takes_plain_text_for_the_trade_id() -> None:
    tick = trade_from_raw(AUDUSD, 75_000, 105, 2, "T-1", 5, 1, 1, 2)
    assert trade() == tick
    assert isinstance(tick.trade_id, TradeId)


def test_a_trade_has_a_size_above_zero() -> None:
    with pytest.raises(DataError, match=r"TradeTick of AUD/USD.SIM: the size is 0\. A trade has"):
        trade(size="0")


def test_a_trade_id_is_not_too_long() -> None:
    with pytest.raises(InputError, match=r"Give at most 36"):
        trade(trade_id="x" * 37)


def test_a_string_is_no_price() -> None:
    with pytest.raises(DataError, match=r"price is '1', a str, where a Price belongs"):
        TradeTick(AUDUSD, "1", Quantity(1), AggressorSide.BUYER, TradeId("1"), 0, 0)  # type: ignore[arg-type]


@given(trades())
def test_a_trade_survives_its_dict_and_pickle(tick: TradeTick) -> None:
    assert tick == TradeTick.from_dict(tick.to_dict())
    assert tick == pickle.loads(pickle.dumps(tick))
    assert hash(tick) == hash(TradeTick.from_dict(tick.to_dict()))


@given(trades(), trades())
def test_trades_are_equal_when_all_fields_are(one: TradeTick, two: TradeTick) -> None:
    assert (one == two) == (one.to_dict() == two.to_dict())


def test_a_trade_reads_well() -> None:
    assert "TradeTick(AUD/USD.SIM,0.75000,10.5,SELLER,T-1,1)" == repr(trade())


def test_a_missing_field_is_named() -> None:
    with pytest.raises(DataError, match=r"TradeTick: the field 'instrument_id' is missing"):
        TradeTick.from_dict({})
