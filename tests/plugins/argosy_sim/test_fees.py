from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.currency import USD
from argosy.model.enums import LiquiditySide
from argosy.model.instruments import Instrument
from argosy.model.values import Money, Price, Quantity
from argosy.parts.fee_model import FeeModel
from argosy.testing.fee_models import check_fee_model
from argosy.testing.instruments import (
    betting_instrument,
    btcusdt_perp_binance,
    crude_oil,
    default_fx_ccy,
    equity,
    es_future,
    xbtusd_bitmex,
)
from argosy_sim.fees import FixedFees, MakerTakerFees, PerContractFees
from argosy_sim.part_settings import FixedSettings, MakerTakerSettings, PerContractSettings
from tests.plugins.argosy_sim.kit import BUY, Exchange

MAKER, TAKER = LiquiditySide.MAKER, LiquiditySide.TAKER
AUDUSD = default_fx_ccy("AUD/USD")


def fee(
    model: object, instrument: Instrument, quantity: str, price: str, side: LiquiditySide = TAKER
) -> str:
    order = Exchange(AUDUSD).make(BUY, 1, of=instrument).init
    return str(
        model.commission(order, Quantity(quantity), Price(price), side, instrument)  # type: ignore[attr-defined]
    )


@pytest.mark.parametrize(
    ("instrument", "quantity", "price", "expected"),
    [
        (AUDUSD, "100000", "1.05000", "1050.00 USD"),
        (equity(), "100", "10.05", "10.05 USD"),
        (es_future(), "2", "4000.25", "4000.25 USD"),  # 50 dollars a point
        (btcusdt_perp_binance(), "0.005", "30000.1", "1.50000500 USDT"),
        (xbtusd_bitmex(), "10000", "40000.0", "0.00250000 BTC"),  # inverse: 0.25 BTC
        (betting_instrument(), "200", "1.50", "2.00 GBP"),  # a stake, whatever the odds
    ],
    ids=str,
)
def test_a_fee_is_a_part_of_the_notional(
    instrument: Instrument, quantity: str, price: str, expected: str
) -> None:
    model = MakerTakerFees(MakerTakerSettings(maker=0, taker="0.01"))
    assert expected == fee(model, instrument, quantity, price)
    assert f"0 {expected.split()[1]}" == fee(model, instrument, quantity, price, MAKER).replace(
        ".00000000", ""
    ).replace(".00", "")


def test_rates_are_those_of_the_instrument_by_default() -> None:
    assert "2.10 USD" == fee(MakerTakerFees(), AUDUSD, "100000", "1.05000")
    assert "0.00 USD" == fee(MakerTakerFees(), equity(), "100", "10.00")


def test_a_rebate_is_negative() -> None:
    model = MakerTakerFees(MakerTakerSettings(maker="-0.01"))
    assert "-10.50 USD" == fee(model, AUDUSD, "1000", "1.05000", MAKER)


def test_a_new_definition_has_new_rates() -> None:
    import msgspec

    model = MakerTakerFees()
    fee(model, AUDUSD, "100000", "1.05000")
    dearer = msgspec.structs.replace(AUDUSD, taker_fee=Decimal("0.0001"))
    assert "10.50 USD" == fee(model, dearer, "100000", "1.05000")


@pytest.mark.parametrize(
    ("side", "expected"), [(TAKER, "2.00 USD"), (MAKER, "-0.50 USD")], ids=["taker", "maker"]
)
def test_a_price_below_zero_leaves_a_fee_a_fee_and_a_rebate_a_rebate(
    side: LiquiditySide, expected: str
) -> None:
    model = MakerTakerFees(MakerTakerSettings(maker="-0.00025", taker="0.001"))
    assert expected == fee(model, crude_oil(), "100", "20.00", side)
    assert expected == fee(model, crude_oil(), "100", "-20.00", side)


@given(
    raw=st.integers(1, 10**15),
    price=st.integers(1, 10**9),
    rate=st.decimals(Decimal("-0.01"), Decimal("0.01"), places=6),
)
def test_a_fee_is_rounded_once_half_away_from_zero(raw: int, price: int, rate: Decimal) -> None:
    model = MakerTakerFees(MakerTakerSettings(taker=rate))
    order = _ORDER
    paid = model.commission(
        order, Quantity.from_raw(raw, 0), Price.from_raw(price, 5), TAKER, AUDUSD
    )
    exact = raw * price * rate.as_integer_ratio()[0]
    whole = 10**3 * rate.as_integer_ratio()[1]
    expected = (2 * abs(exact) + whole) // (2 * whole)
    assert (expected if exact >= 0 else -expected) == paid.raw


_ORDER = Exchange(AUDUSD).make(BUY, 1).init


def test_a_fixed_fee_does_not_depend_on_the_size() -> None:
    once = FixedFees(FixedSettings(commission="2 USD"))
    assert "2.00 USD" == fee(once, AUDUSD, "1", "1.00000")
    assert once.charges_once
    assert not FixedFees(FixedSettings(commission="2 USD", charge_once=False)).charges_once


def test_a_fee_for_contracts_counts_them() -> None:
    model = PerContractFees(PerContractSettings(commission=Money("0.85", USD)))
    assert "2.55 USD" == fee(model, es_future(), "3", "4000.00")
    assert "0.43 USD" == fee(model, AUDUSD, "0.5", "1.00000")


@pytest.mark.parametrize(("charge_once", "expected"), [(True, "5.00 USD"), (False, "10.00 USD")])
def test_an_order_of_two_fills_pays_once_or_twice(charge_once: bool, expected: str) -> None:  # noqa: FBT001
    from tests.plugins.argosy_sim.kit import fixed_fee

    exchange = Exchange(AUDUSD, fees=fixed_fee(commission="5 USD", charge_once=charge_once))
    exchange.quote("1.05000", "1.05010", 1_000, 1_000)
    order = exchange.market(BUY, 3_000)
    assert [expected] == [str(paid) for paid in order.commissions().values()]


@pytest.mark.parametrize("settings", [None, MakerTakerSettings(maker="-0.0001", taker="0.0005")])
def test_parts_of_the_notional_keep_to_the_contract(settings: MakerTakerSettings | None) -> None:
    check_fee_model(lambda: MakerTakerFees(settings))


@pytest.mark.parametrize(
    "model",
    [
        FixedFees(FixedSettings(commission="2 USD")),
        PerContractFees(PerContractSettings(commission="0.85 USD")),
    ],
    ids=lambda model: type(model).__name__,
)
def test_amounts_keep_to_the_contract_where_their_currency_is_traded(model: FeeModel) -> None:
    check_fee_model(lambda: model, [AUDUSD, equity(), es_future()])
