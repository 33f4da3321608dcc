"""What holds whatever the market does and whatever is ordered."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from argosy.model.enums import LiquiditySide, OrderSide, OrderStatus, OrderType, TimeInForce
from argosy.model.events.order import OrderFilled
from argosy.model.orders import Order
from argosy.model.values import Price
from tests.plugins.argosy_sim.kit import BUY, SELL, Exchange, probabilistic

MINUTE = 60_000_000_000
TIMES = [TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK, TimeInForce.DAY]
L1_EXCESS = ["one_tick", "cancel", "per_level_ticks", "next_quote"]


@dataclass(frozen=True)
class Step:
    """A row of data, and the order that follows it; prices are points."""

    kind: str
    points: tuple[int, int, int, int]
    size: int
    side: OrderSide
    order_type: OrderType
    offset: int
    quantity: int
    time: TimeInForce
    reduce_only: bool


POINT = st.integers(95, 105)
STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(["quote", "trade", "bar"]),
        st.tuples(POINT, POINT, POINT, POINT),
        st.integers(1, 40),
        st.sampled_from([BUY, SELL]),
        st.sampled_from([OrderType.MARKET, OrderType.LIMIT, OrderType.STOP_MARKET]),
        st.integers(-4, 4),
        st.integers(1, 30),
        st.sampled_from(TIMES),
        st.booleans(),
    ),
    max_size=12,
)


def price(point: int) -> str:
    return str(Price.from_raw(point * 1_000, 5))


@dataclass
class Run:
    """An exchange, its orders and, for each fill, the book that it met: the range of a datum."""

    exchange: Exchange
    orders: list[Order]
    books: dict[int, tuple[int, int]]


def play(steps: list[Step], *, seed: int = 0, **options: object) -> Run:
    fill = probabilistic(prob_fill_on_limit="0.5", prob_slippage="0.5", prob_fill_on_stop="0.5")
    exchange = Exchange(seed=seed, fill=fill, **options)
    run = Run(exchange, [], {})
    for step in steps:
        low, high = show(exchange, step)
        run.books[exchange.timeline.now] = low, high
        at = None if step.order_type is OrderType.MARKET else price(step.points[3] + step.offset)
        is_limit = step.order_type is OrderType.LIMIT
        order = exchange.make(
            step.side,
            step.quantity,
            step.order_type,
            at if is_limit else None,
            None if is_limit else at,
            tif=step.time,
            reduce_only=step.reduce_only,
        )
        exchange.send(order)
        run.orders.append(order)
    return run


def show(exchange: Exchange, step: Step) -> tuple[int, int]:
    """Send a row; return the lowest and the highest price in it, or still quoted (raw)."""
    first, second, third, fourth = step.points
    matcher = exchange.matcher()
    if step.kind == "quote":
        bid, ask = min(first, fourth), max(first, fourth)
        exchange.quote(price(bid), price(ask), step.size, step.size)
    elif step.kind == "trade":
        exchange.trade(price(fourth), step.size, first % 3)
    else:
        low, high = min(step.points), max(step.points)
        before = matcher.last
        exchange.bar(price(first), price(high), price(low), price(fourth), volume=4 * step.size)
        del before, second, third
        return low * 1_000, high * 1_000
    prices = [matcher.bid, matcher.ask]
    if step.kind == "trade":
        prices.append(matcher.last)
    return min(prices), max(prices)


def filled(order: Order) -> list[OrderFilled]:
    return [event for event in order.events if isinstance(event, OrderFilled)]


@given(STEPS, st.sampled_from(L1_EXCESS), st.booleans())
def test_no_fill_is_worse_than_its_limit_or_better_than_the_book(
    steps: list[Step],
    l1_excess: str,
    consumes: bool,  # noqa: FBT001
) -> None:
    run = play(steps, l1_excess=l1_excess, liquidity_consumption=consumes)
    for order in run.orders:
        for fill in filled(order):
            low, high = run.books[fill.ts_event]
            best = low if order.is_buy else high
            assert order.sign * fill.last_px.raw >= order.sign * best
            if order.order_type is OrderType.LIMIT:
                assert order.price is not None
                assert order.sign * fill.last_px.raw <= order.sign * order.price.raw
            if fill.liquidity_side is LiquiditySide.MAKER:
                assert fill.last_px == order.price


@given(STEPS, st.sampled_from(L1_EXCESS), st.booleans())
def test_quantities_are_conserved(
    steps: list[Step],
    l1_excess: str,
    consumes: bool,  # noqa: FBT001
) -> None:
    run = play(steps, l1_excess=l1_excess, liquidity_consumption=consumes)
    net = 0
    for order in run.orders:
        done = sum(fill.last_qty.raw for fill in filled(order))
        assert done == order.filled_raw <= order.quantity_raw
        assert (order.status is OrderStatus.FILLED) == (done == order.quantity_raw)
        net += order.sign * done
    assert net == run.exchange.position()


@given(STEPS, st.sampled_from(L1_EXCESS))
def test_fill_or_kill_is_all_or_nothing_and_immediate_orders_never_rest(
    steps: list[Step], l1_excess: str
) -> None:
    run = play(steps, l1_excess=l1_excess)
    for order in run.orders:
        if order.time_in_force is TimeInForce.FOK and not order.is_open:
            assert order.filled_raw in (0, order.quantity_raw)
        is_immediate = order.time_in_force in (TimeInForce.FOK, TimeInForce.IOC)
        if is_immediate and order.order_type is not OrderType.STOP_MARKET:
            assert order.is_closed


@given(STEPS)
def test_reduce_only_never_opens_or_flips(steps: list[Step]) -> None:
    run = play(steps)
    fills = [(fill, order) for order in run.orders for fill in filled(order)]
    position = 0
    for fill, order in sorted(fills, key=lambda each: each[0].event_id):
        after = position + order.sign * fill.last_qty.raw
        if order.is_reduce_only:
            assert abs(after) < abs(position)
            assert after * position >= 0
        position = after


@given(STEPS, st.sampled_from(L1_EXCESS))
def test_equal_inputs_give_equal_logs(steps: list[Step], l1_excess: str) -> None:
    first = play(steps, l1_excess=l1_excess, seed=3).exchange.log.hash()
    assert first == play(steps, l1_excess=l1_excess, seed=3).exchange.log.hash()


@given(STEPS)
def test_no_level_gives_more_than_it_shows_where_the_venue_counts(steps: list[Step]) -> None:
    run = play(steps, liquidity_consumption=True, l1_excess="cancel")
    assert "0" == run.exchange.report()["quantity_beyond_displayed"]
