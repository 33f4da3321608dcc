"""Fills find their position; netting, hedging and flips lose nothing."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.enums import OmsType, OrderSide, PositionSide
from argosy.model.events.order import OrderFilled
from argosy.model.events.position import (
    PositionAdjusted,
    PositionChanged,
    PositionClosed,
    PositionOpened,
)
from argosy.model.identifiers import PositionId
from argosy.model.money import Money
from argosy.model.position import Position
from argosy.testing.instruments import btcusdt_spot
from tests.host.engine.kit import BUY, EURUSD, HEDGING, NETTING, SELL, STRATEGY, Desk

NET = PositionId("EUR/USD.SIM-Cross-000")
POSITION_EVENTS = (PositionOpened, PositionChanged, PositionClosed, PositionAdjusted)


def kinds(desk: Desk) -> list[str]:
    return [type(event).__name__ for event in desk.of(*POSITION_EVENTS)]


def test_netting_keeps_one_position_for_an_instrument_and_a_strategy() -> None:
    desk = Desk()
    desk.trade_at(BUY, 1000, "1.1")
    desk.trade_at(BUY, 2000, "1.2")
    desk.trade_at(SELL, 3000, "1.3")
    assert [NET] == [position.id for position in desk.cache.positions()]
    assert ["PositionOpened", "PositionChanged", "PositionClosed"] == kinds(desk)
    assert [NET] * 3 == [fill.position_id for fill in desk.of(OrderFilled)]


def test_hedging_opens_a_position_for_each_order() -> None:
    desk = Desk(oms_type=HEDGING)
    for _ in range(2):
        desk.trade_at(BUY, 1000, "1.1")
    assert ["P-20240101-000000-001-000-1", "P-20240101-000000-001-000-2"] == [
        position.id for position in desk.cache.positions()
    ]
    assert ["PositionOpened"] * 2 == kinds(desk)


def test_all_fills_of_an_order_belong_to_one_hedging_position() -> None:
    desk = Desk(oms_type=HEDGING)
    order = desk.limit(BUY, 3000, "1.1")
    desk.execution.submit(order)
    for quantity in (1000, 2000):
        desk.fill(order, quantity)
    (position,) = desk.cache.positions()
    assert 3000 == position.signed_qty
    assert ["PositionOpened", "PositionChanged"] == kinds(desk)


def test_a_venue_that_keeps_positions_says_which_one() -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 1000, "1.1", position_id="SIM-1-001")
    desk.trade_at(SELL, 400, "1.1", position_id="SIM-1-001")
    (position,) = desk.cache.positions()
    assert ("SIM-1-001", Decimal(600)) == (position.id, position.signed_qty)


def test_an_order_that_names_its_position_changes_that_one() -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 1000, "1.1")
    (position,) = desk.cache.positions()
    order = desk.sell(400)
    desk.execution.submit(order, position.id)
    desk.fill(order)
    assert [Decimal(600)] == [each.signed_qty for each in desk.cache.positions()]


def test_a_strategy_may_keep_its_positions_otherwise_than_its_venue() -> None:
    netting = Desk(oms_type=HEDGING)
    netting.positions.set_oms_type(STRATEGY, NETTING)
    hedging = Desk(oms_type=NETTING)
    hedging.positions.set_oms_type(STRATEGY, HEDGING)
    plain = Desk(oms_type=HEDGING)
    plain.positions.set_oms_type(STRATEGY, OmsType.UNSPECIFIED)
    for desk in (netting, hedging, plain):
        for _ in range(2):
            desk.trade_at(BUY, 1000, "1.1")
    assert [1, 2, 2] == [len(desk.cache.positions()) for desk in (netting, hedging, plain)]


def test_a_flip_closes_and_opens_and_shares_the_commission() -> None:
    desk = Desk()
    desk.trade_at(BUY, 1000, "1.1")
    desk.trade_at(SELL, 4000, "1.2", fee="1.00 USD")
    assert ["PositionOpened", "PositionClosed", "PositionOpened"] == kinds(desk)
    (closed,) = desk.cache.position_snapshots()
    (opened,) = desk.cache.positions()
    assert closed.id == opened.id == NET
    assert [Decimal(-3000)] == [opened.signed_qty]
    assert Money.from_str("99.75 USD") == closed.realized_pnl
    assert Money.from_str("-0.75 USD") == opened.realized_pnl
    assert Money.from_str("99.00 USD") == opened.total_realized_pnl


def test_a_flip_of_a_virtual_position_has_an_id_of_its_own() -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 1000, "1.1", position_id="P-1")
    order = desk.trade_at(SELL, 3000, "1.2", position_id="P-1")
    assert [PositionSide.FLAT, PositionSide.SHORT] == [p.side for p in desk.cache.positions()]
    assert ["P-1", "P-1F"] == [p.id for p in desk.cache.positions()]
    assert PositionId("P-1F") == desk.cache.position_id(order.client_order_id)


def test_the_rest_of_an_order_follows_its_flip() -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 1000, "1.1", position_id="P-1")
    order = desk.sell(3000)
    desk.execution.submit(order)
    for quantity in (2000, 1000):
        desk.fill(order, quantity, position_id="P-1")
    assert [Decimal(0), Decimal(-2000)] == [p.signed_qty for p in desk.cache.positions()]


def test_a_hedging_position_never_opens_again() -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 1000, "1.1")
    (position,) = desk.cache.positions()
    exits = [desk.sell(1000), desk.sell(1000)]
    for order in exits:
        desk.execution.submit(order, position.id)
    for order in exits:
        desk.fill(order)
    first, second = desk.cache.positions()
    assert (Decimal(0), Decimal(-1000)) == (first.signed_qty, second.signed_qty)
    assert "P-20240101-000000-001-000-2" == second.id
    assert desk.of(OrderFilled)[-1].position_id == second.id


def test_a_position_that_is_not_the_netting_one_is_refused() -> None:
    desk = Desk()
    order = desk.buy(1000)
    reason = desk.positions.refusal(order, PositionId("P-9"), NETTING)
    assert reason == f"POSITION_ID_NOT_NETTING: position_id=P-9, net={NET}"
    assert desk.positions.refusal(order, NET, NETTING) is None
    assert desk.positions.refusal(order, PositionId("P-9"), HEDGING) is None


def test_a_commission_in_the_base_currency_adjusts_the_position() -> None:
    desk = Desk(btcusdt_spot(), account=None)
    book, cache = desk.positions, desk.cache
    order = desk.limit(BUY, "2", "50000")
    cache.add_order(order)
    fill = filled(desk, order, BUY, "2", "50000", "0.002 BTC")
    opened, adjusted = book.apply(fill)
    assert isinstance(opened, PositionOpened)
    assert isinstance(adjusted, PositionAdjusted)
    assert Decimal("-0.002") == adjusted.quantity_change
    assert Decimal("1.998") == cache.positions()[0].signed_qty


def filled(
    desk: Desk, order: Any, side: OrderSide, quantity: str, price: str, fee: str
) -> OrderFilled:
    from argosy.model.identifiers import TradeId, VenueOrderId
    from argosy.model.values import Price, Quantity
    from tests.host.engine.kit import ACCOUNT, NOW, TAKER, TRADER

    position_id = desk.positions.position_id(order, NETTING, None, NOW)
    return OrderFilled(
        TRADER,
        STRATEGY,
        order.instrument_id,
        order.client_order_id,
        VenueOrderId("V-1"),
        ACCOUNT,
        TradeId("T-1"),
        position_id,
        side,
        order.order_type,
        Quantity(quantity),
        Price(price),
        desk.instrument.quote_currency,
        Money.from_str(fee),
        TAKER,
        desk.ids.next(),
        NOW,
        NOW,
    )


trades = st.lists(
    st.tuples(
        st.sampled_from([BUY, SELL]),
        st.integers(1, 9).map(lambda n: n * 1000),
        st.integers(100_000, 120_000),
        st.integers(0, 500),
    ),
    max_size=25,
)
Trades = Sequence[tuple[OrderSide, int, int, int]]


def price(raw: int) -> str:
    return f"{raw // 100_000}.{raw % 100_000:05d}"


def replay(desk: Desk, made: Trades) -> None:
    for side, quantity, raw, fee in made:
        desk.trade_at(side, quantity, price(raw), fee=f"{fee // 100}.{fee % 100:02d} USD")


@given(trades, st.sampled_from([NETTING, HEDGING]))
def test_positions_hold_exactly_what_was_traded(made: Trades, oms: OmsType) -> None:
    desk = Desk(oms_type=oms)
    replay(desk, made)
    traded = sum(quantity if side is BUY else -quantity for side, quantity, _, _ in made)
    assert traded == sum(position.signed_qty for position in desk.cache.positions())
    assert traded == desk.portfolio.net_position(EURUSD.id)


@given(trades, st.sampled_from([NETTING, HEDGING]))
def test_every_commission_is_in_some_position_once(made: Trades, oms: OmsType) -> None:
    desk = Desk(oms_type=oms)
    replay(desk, made)
    every: list[Position] = [*desk.cache.position_snapshots(), *desk.cache.positions()]
    paid = sum(
        (money.raw for position in every for money in position.commissions().values()), start=0
    )
    assert sum(fee for _, _, _, fee in made) == paid


@given(trades)
def test_what_netting_gains_is_what_was_paid_and_received(made: Trades) -> None:
    """Once flat, the realised gains are the cash flows; each close rounds by half a cent."""
    desk = Desk()
    replay(desk, made)
    net = sum(quantity if side is BUY else -quantity for side, quantity, _, _ in made)
    last = made[-1][2] if made else 100_000
    if net:
        desk.trade_at(SELL if net > 0 else BUY, abs(net), price(last))
    flows = Fraction(0)
    for side, quantity, raw, fee in made:
        flows += Fraction(-quantity * raw if side is BUY else quantity * raw, 100_000)
        flows -= Fraction(fee, 100)
    flows += Fraction(net * last, 100_000)
    realized = desk.portfolio.realized_pnl(EURUSD.id)
    gained = Fraction(0) if realized is None else Fraction(realized.as_decimal())
    assert abs(gained - flows) <= Fraction(len(made) + 1, 200)
    assert desk.portfolio.is_flat(EURUSD.id)


@given(trades, st.sampled_from([NETTING, HEDGING]))
def test_every_event_tells_the_position_as_it_was_then(made: Trades, oms: OmsType) -> None:
    desk = Desk(oms_type=oms)
    replay(desk, made)
    signed: dict[str, Decimal] = {}
    for event in desk.of(*POSITION_EVENTS):
        size = event.quantity.as_decimal()
        signed[event.position_id] = size if event.side is PositionSide.LONG else -size
        assert isinstance(event, PositionClosed) == (event.quantity.raw == 0)
    assert {p.id: p.signed_qty for p in desk.cache.positions()} == signed


@pytest.mark.parametrize("oms", [NETTING, HEDGING])
def test_event_ids_only_grow(oms: OmsType) -> None:
    desk = Desk(oms_type=oms)
    replay(desk, [(BUY, 1000, 110_000, 100), (SELL, 3000, 110_000, 99), (BUY, 2000, 110_000, 0)])
    ids = [event.event_id for event in desk.events]
    assert len(set(ids)) == len(ids)
    assert max(ids) == desk.ids.last
