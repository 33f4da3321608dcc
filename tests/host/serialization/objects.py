"""Objects of every type that travels: drawn by Hypothesis, and a list of examples."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from argosy.model.currency import USD
from argosy.model.data import (
    BookOrder,
    InstrumentStatusUpdate,
    OrderBookDeltas,
    OrderBookSnapshot,
    Ticker,
    VenueStatusUpdate,
)
from argosy.model.enums import (
    AccountType,
    BookType,
    LiquiditySide,
    MarketStatusAction,
    OrderSide,
    OrderType,
    TimeInForce,
)
from argosy.model.events.account import AccountBalance, AccountFlow, AccountState, MarginBalance
from argosy.model.events.order import OrderFilled, OrderInitialized
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    PositionId,
    StrategyId,
    TradeId,
    TraderId,
    Venue,
    VenueOrderId,
)
from argosy.model.values import Money, Price, Quantity
from argosy.testing.instruments import one_of_each, synthetic
from tests.host.model.strategies import AUDUSD, bars, book_orders, deltas, quotes, trades


def sorted_book(orders: list[BookOrder]) -> OrderBookSnapshot:
    """Return an L3 snapshot of any orders."""
    bids = [each for each in orders if each.side is OrderSide.BUY]
    asks = [each for each in orders if each.side is OrderSide.SELL]
    bids.sort(key=lambda each: each.price, reverse=True)
    asks.sort(key=lambda each: each.price)
    return OrderBookSnapshot(AUDUSD, BookType.L3_MBO, bids, asks, 7, 1, 2)


market_data = st.one_of(quotes(), trades(), bars(), deltas())
batches = st.one_of(
    st.builds(OrderBookDeltas, st.just(AUDUSD), st.lists(deltas(AUDUSD), min_size=1, max_size=4)),
    st.builds(sorted_book, st.lists(book_orders(), max_size=6)),
)
anything = st.one_of(market_data, batches)

INITIALIZED = OrderInitialized(
    TraderId("TRADER-001"),
    StrategyId("EMA-001"),
    AUDUSD,
    ClientOrderId("O-1"),
    OrderSide.BUY,
    OrderType.STOP_LIMIT,
    Quantity("100"),
    TimeInForce.GTD,
    post_only=False,
    reduce_only=False,
    quote_quantity=False,
    event_id=2**40,
    ts_event=1,
    ts_init=2,
    price=Price("-1.00010"),
    trailing_offset=Decimal("0.10"),
)
FILLED = OrderFilled(
    INITIALIZED.trader_id,
    INITIALIZED.strategy_id,
    AUDUSD,
    INITIALIZED.client_order_id,
    venue_order_id=VenueOrderId("SIM-1-001"),
    account_id=AccountId("SIM-001"),
    trade_id=TradeId("T-1"),
    position_id=PositionId("P-1"),
    order_side=OrderSide.BUY,
    order_type=OrderType.STOP_LIMIT,
    last_qty=Quantity("100"),
    last_px=Price("-1.00010"),
    currency=USD,
    commission=Money("0.02", USD),
    liquidity_side=LiquiditySide.TAKER,
    event_id=3,
    ts_event=3,
    ts_init=4,
)
STATE = AccountState(
    AccountId("SIM-001"),
    AccountType.MARGIN,
    None,
    (AccountBalance(Money(10, USD), Money(4, USD), Money(6, USD)),),
    (MarginBalance(Money(4, USD), Money(2, USD), AUDUSD),),
    (AccountFlow("FEE", Money("-0.02", USD), 3),),
    is_reported=False,
    event_id=4,
    ts_event=3,
    ts_init=4,
)

EXAMPLES: list[Any] = [
    *one_of_each(),
    synthetic(),
    Ticker(instrument_id=AUDUSD, last=Price("1.5"), volume=Quantity(3), ts_event=1, ts_init=2),
    VenueStatusUpdate(venue=Venue("SIM"), status=MarketStatusAction.CLOSE, ts_event=1, ts_init=2),
    InstrumentStatusUpdate(
        instrument_id=AUDUSD, action=MarketStatusAction.HALT, flags=3, ts_event=1, ts_init=2
    ),
    INITIALIZED,
    FILLED,
    STATE,
]
