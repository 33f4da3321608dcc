"""The cache knows what a run knows; its short lists agree with the whole."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.engine.cache import Cache
from argosy.errors import DuplicateNameError, InstrumentNotFoundError
from argosy.model.bar_type import BarType
from argosy.model.currency import EUR, JPY, USD
from argosy.model.enums import OrderSide, PositionSide, PriceType
from argosy.model.identifiers import AccountId, InstrumentId, PositionId, StrategyId, Venue
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import btcusdt_spot
from tests.host.engine.kit import (
    ACCOUNT,
    BUY,
    EURUSD,
    GBPUSD,
    HEDGING,
    NETTING,
    SELL,
    SIM,
    STRATEGY,
    Desk,
    margin_account,
    order_list,
)

BTC = btcusdt_spot()
BINANCE = Venue("BINANCE")


@pytest.fixture
def desk() -> Desk:
    return Desk(EURUSD, GBPUSD)


# -- instruments and accounts ---------------------------------------------------------------------


def test_instruments_are_found_by_id_and_by_venue() -> None:
    cache = Cache()
    for instrument in (EURUSD, BTC, GBPUSD):
        cache.add_instrument(instrument)
    assert EURUSD is cache.instrument(EURUSD.id)
    assert cache.instrument(InstrumentId("NO.SIM")) is None
    assert [EURUSD, BTC, GBPUSD] == cache.instruments()
    assert [EURUSD.id, GBPUSD.id] == cache.instrument_ids(SIM)
    assert [BTC] == cache.instruments(BINANCE)


def test_an_instrument_that_must_exist_is_missed_by_name() -> None:
    cache = Cache()
    with pytest.raises(
        InstrumentNotFoundError, match=r"NO\.SIM has no definition; known are: none"
    ):
        cache.require_instrument(InstrumentId("NO.SIM"))
    cache.add_instrument(EURUSD)
    with pytest.raises(InstrumentNotFoundError, match=r"known are: EUR/USD\.SIM"):
        cache.require_instrument(InstrumentId("NO.SIM"))
    assert EURUSD is cache.require_instrument(EURUSD.id)


def test_an_account_is_found_by_venue_and_by_id() -> None:
    cache, account = Cache(), margin_account()
    cache.add_account(SIM, account)
    assert account is cache.account_for_venue(SIM)
    assert account is cache.account(ACCOUNT)
    assert [account] == cache.accounts()
    assert cache.account_for_venue(BINANCE) is None
    assert cache.account(AccountId("NO-1")) is None
    with pytest.raises(DuplicateNameError, match="venue SIM already has account SIM-001"):
        cache.add_account(SIM, margin_account())


def test_bytes_are_kept_under_a_key() -> None:
    cache = Cache()
    cache.add("state", b"1")
    assert cache.get("state") == b"1"
    assert cache.get("other") is None


# -- market data ----------------------------------------------------------------------------------


def test_an_instrument_without_a_market_has_no_data() -> None:
    cache = Cache()
    bar_type = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-EXTERNAL")
    assert cache.market(EURUSD.id) is None
    assert cache.quote_tick(EURUSD.id) is None
    assert cache.trade_tick(EURUSD.id) is None
    assert cache.price(EURUSD.id, PriceType.BID) is None
    assert cache.bar(bar_type) is None
    assert cache.quote_ticks(EURUSD.id) == cache.trade_ticks(EURUSD.id) == []
    assert [] == cache.bars(bar_type)
    assert 0 == cache.bar_count(bar_type)


def test_the_latest_tick_comes_first(desk: Desk) -> None:
    for bid, ask in (("1.1", "1.2"), ("1.3", "1.4")):
        desk.quote(bid, ask)
    for price in ("1.5", "1.6"):
        desk.trade(price)
    quotes, trades = desk.cache.quote_ticks(EURUSD.id), desk.cache.trade_ticks(EURUSD.id)
    assert [Price("1.3"), Price("1.1")] == [quote.bid_price for quote in quotes]
    assert [Price("1.6"), Price("1.5")] == [trade.price for trade in trades]
    assert quotes[1] == desk.cache.quote_tick(EURUSD.id, 1)
    assert trades[0] == desk.cache.trade_tick(EURUSD.id)
    assert desk.cache.quote_tick(EURUSD.id, 2) is None


def test_bars_are_found_by_their_type_and_a_composite_by_its_own_side(desk: Desk) -> None:
    name = "EUR/USD.SIM-1-MINUTE-BID-EXTERNAL"
    bar_type = BarType.from_str(name)
    desk.close(name, "1.1")
    desk.close(name, "1.2")
    assert 2 == desk.cache.bar_count(bar_type)
    assert [Price("1.2"), Price("1.1")] == [bar.close for bar in desk.cache.bars(bar_type)]
    last = desk.cache.bar(bar_type)
    assert last is not None
    assert Price("1.2") == last.close
    composite = BarType.from_str("EUR/USD.SIM-5-MINUTE-BID-INTERNAL@1-MINUTE-EXTERNAL")
    desk.data.feed(composite)
    assert [bar_type, composite.standard()] == desk.cache.bar_types()
    assert [] == desk.cache.bar_types(GBPUSD.id)
    assert [] == desk.cache.bars(composite)


def test_prices_and_rates_come_from_the_markets_of_a_venue(desk: Desk) -> None:
    desk.quote("1.25", "1.25")
    assert Price("1.25") == desk.cache.price(EURUSD.id, PriceType.ASK)
    assert Decimal("1.25") == desk.cache.get_xrate(SIM, EUR, USD)
    assert Decimal(1) == desk.cache.get_xrate(BINANCE, EUR, EUR)
    assert desk.cache.get_xrate(BINANCE, EUR, USD) is None
    assert desk.cache.get_xrate(SIM, EUR, JPY) is None


# -- orders ---------------------------------------------------------------------------------------


def test_an_order_is_known_by_its_id_and_only_once(desk: Desk) -> None:
    order = desk.buy(1000)
    desk.cache.add_order(order, PositionId("P-1"))
    assert order is desk.cache.order(order.client_order_id)
    assert PositionId("P-1") == desk.cache.position_id(order.client_order_id)
    assert 1 == desk.cache.orders_total_count()
    with pytest.raises(DuplicateNameError, match=f"id {order.client_order_id} exists already"):
        desk.cache.add_order(order)


def test_order_lists_are_known_by_their_id(desk: Desk) -> None:
    made = order_list("OL-1", [desk.buy(1000)])
    desk.cache.add_order_list(made)
    assert made is desk.cache.order_list("OL-1")
    assert desk.cache.order_list("OL-2") is None


def test_orders_are_filtered_by_venue_instrument_strategy_and_side(desk: Desk) -> None:
    one, two = desk.buy(1000), desk.sell(1000, instrument_id=GBPUSD.id)
    for order in (one, two):
        desk.cache.add_order(order)
    cache = desk.cache
    assert [one, two] == cache.orders() == cache.orders(venue=SIM)
    assert [] == cache.orders(venue=BINANCE)
    assert [two] == cache.orders(instrument_id=GBPUSD.id)
    assert [one] == cache.orders(side=BUY)
    assert [one, two] == cache.orders(strategy_id=STRATEGY)
    assert [] == cache.orders(strategy_id=StrategyId("Other-000"))


def test_a_fill_that_comes_after_a_cancel_opens_the_order_again(desk: Desk) -> None:
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    desk.accept(order)
    desk.venue.canceled(order, 1)
    assert [] == desk.cache.orders_open()
    desk.fill(order, 400)
    assert [order] == desk.cache.orders_open() == desk.cache.orders_working()
    desk.fill(order)
    assert [] == desk.cache.orders_working()


STEPS = ("submit", "accept", "cancel", "reject", "expire", "part", "fill", "modify", "deny")


def act(desk: Desk, order: Order, step: str) -> None:
    """Let something happen to an order, where its state allows it."""
    engine = desk.execution
    if order.client_order_id not in {each.client_order_id for each in desk.cache.orders()}:
        engine.submit(order)
    elif order.is_closed and not (step in ("part", "fill") and str(order.status) == "CANCELED"):
        return
    elif step == "accept" and order.is_inflight:
        desk.accept(order)
    elif step == "cancel":
        desk.venue.canceled(order, 1)
    elif step == "reject" and str(order.status) == "SUBMITTED":
        desk.venue.rejected(order, "NO", 1)
    elif step == "expire" and order.is_open:
        desk.venue.expired(order, 1)
    elif step in ("part", "fill") and order.leaves_raw:
        desk.fill(order, 1 if step == "part" else None)
    elif step == "modify" and order.is_open:
        engine.modify(order, Quantity("2000"), None, None)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(STEPS)), max_size=40))
def test_the_short_lists_of_orders_agree_with_the_whole(steps: Sequence[tuple[int, str]]) -> None:
    desk = Desk(EURUSD, GBPUSD)
    orders = [desk.limit(side, 1000, "1.1") for side in (BUY, SELL, BUY, SELL)]
    for index, step in steps:
        act(desk, orders[index], step)
        every = desk.cache.orders()
        assert {id(o) for o in every if o.is_open} == {id(o) for o in desk.cache.orders_open()}
        assert [o for o in every if o.is_inflight] == sorted(
            desk.cache.orders_inflight(), key=every.index
        )
        assert [o for o in every if o.is_closed] == desk.cache.orders_closed()
        assert {id(o) for o in every if not o.is_closed} == {
            id(o) for o in desk.cache.orders_working()
        }
        for instrument in (EURUSD, GBPUSD):
            working = [o for o in every if o.instrument_id == instrument.id and not o.is_closed]
            assert working == sorted(desk.cache.working_in(instrument.id), key=every.index)
        buys = desk.cache.orders_open(side=BUY)
        assert buys == [o for o in desk.cache.orders_open() if o.side is OrderSide.BUY]


@pytest.mark.parametrize("count", [1, 16, 17, 40])
def test_working_orders_are_found_by_instrument_few_or_many(count: int) -> None:
    desk = Desk(EURUSD, GBPUSD)
    euros = [desk.limit(BUY, 1000, "1.1") for _ in range(count)]
    pounds = [desk.buy(1000, instrument_id=GBPUSD.id) for _ in range(2)]
    for order in (*euros, pounds[0]):
        desk.cache.add_order(order)
    assert euros == desk.cache.working_in(EURUSD.id)
    assert [pounds[0]] == desk.cache.working_in(GBPUSD.id)
    desk.cache.add_order(pounds[1])
    assert pounds == desk.cache.working_in(GBPUSD.id)
    assert [] == desk.cache.working_in(InstrumentId("AUD/USD.SIM"))


def test_the_orders_under_way_are_counted_as_they_come() -> None:
    desk = Desk()
    orders = [desk.limit(BUY, 1000, "1.1") for _ in range(3)]
    assert (0, []) == (desk.cache.inflight_count, desk.cache.inflight_since(0))
    for order in orders:
        desk.execution.submit(order)
    assert 3 == desk.cache.inflight_count
    assert [orders[1:], []] == [desk.cache.inflight_since(count) for count in (1, 3)]
    assert 0 == desk.cache.answered
    desk.accept(orders[1])
    assert 1 == desk.cache.answered
    assert [orders[0], orders[2]] == desk.cache.inflight_since(0)


# -- positions ------------------------------------------------------------------------------------


def test_positions_are_filtered_by_instrument_strategy_and_side() -> None:
    desk = Desk(EURUSD, oms_type=HEDGING)
    desk.trade_at(BUY, 1000, "1.1", position_id="P-1")
    desk.trade_at(SELL, 2000, "1.1", position_id="P-2")
    cache = desk.cache
    long, short = cache.position(PositionId("P-1")), cache.position(PositionId("P-2"))
    assert [long, short] == cache.positions() == cache.positions_open()
    assert [long] == cache.positions_open(side=PositionSide.LONG)
    assert [short] == cache.positions(side=PositionSide.SHORT, venue=SIM, strategy_id=STRATEGY)
    assert [] == cache.positions(instrument_id=GBPUSD.id)
    assert [] == cache.positions_closed()


def test_an_order_leads_to_its_position(desk: Desk) -> None:
    order = desk.trade_at(BUY, 1000, "1.1")
    found = desk.cache.position_for_order(order.client_order_id)
    assert found is not None
    assert found.id == desk.cache.position_id(order.client_order_id)
    assert desk.cache.position_for_order(desk.buy(1).client_order_id) is None


def test_a_netting_position_that_opens_again_leaves_its_history(desk: Desk) -> None:
    for side in (BUY, SELL, SELL, BUY, BUY):
        desk.trade_at(side, 1000, "1.1")
    (position,) = desk.cache.positions()
    assert position.is_open
    assert 2 == position.cycle
    history = desk.cache.position_snapshots(position.id)
    assert [0, 1] == [each.cycle for each in history]
    assert history == desk.cache.position_snapshots()
    assert [] == desk.cache.position_snapshots(PositionId("P-9"))
    assert [position] == desk.cache.positions_open()


@given(
    st.lists(
        st.tuples(st.sampled_from([BUY, SELL]), st.sampled_from(["P-1", "P-2"]), st.integers(1, 3)),
        max_size=20,
    ),
    st.sampled_from([NETTING, HEDGING]),
)
def test_the_short_list_of_positions_agrees_with_the_whole(
    trades: Sequence[tuple[OrderSide, str, int]], oms: object
) -> None:
    desk = Desk(EURUSD, oms_type=HEDGING if oms is HEDGING else NETTING)
    for side, position_id, thousands in trades:
        given_id = position_id if oms is HEDGING else None
        desk.trade_at(side, thousands * 1000, "1.1", position_id=given_id)
        every = desk.cache.positions()
        assert {p.id for p in every if p.is_open} == {p.id for p in desk.cache.positions_open()}
        assert [p for p in every if p.is_closed] == desk.cache.positions_closed()
        for position in every:
            is_open = desk.cache.open_position(position.id) is position
            assert position.is_open == is_open
