"""What every simulated venue keeps to, checked with commands and quotes, and no host."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from argosy.kernel.timeline import Timeline
from argosy.model.commands import CancelOrder, Command, SubmitOrder
from argosy.model.enums import OrderSide, OrderType, TimeInForce
from argosy.model.events.order import OrderInitialized
from argosy.model.identifiers import ClientOrderId, StrategyId, TraderId
from argosy.model.reports import (
    Accepted,
    AccountChange,
    AccountReport,
    Canceled,
    Filled,
    OrderReport,
    Rejected,
    Report,
)
from argosy.parts.client import ExecutionClient
from argosy.parts.simulator import SimulationContext
from argosy.testing.instruments import default_fx_ccy

if TYPE_CHECKING:
    from argosy.model.money import Money
    from argosy.parts.simulator import SimulatedVenue

PAIR = default_fx_ccy("AUD/USD")
SECOND = 1_000_000_000
WAIT = 3_600 * SECOND
"""How long an answer may take."""
_ANSWERS = (Accepted, Canceled, Filled, Rejected)


def check_simulator(build: Callable[[SimulationContext], SimulatedVenue]) -> None:
    """Check a simulated venue: it answers every order, and its reports add up.

    It gets a market of AUD/USD and has to trade it: its account needs some thousand US dollars.

    Parameters
    ----------
    build : makes the venue anew each time, as its factory does

    Raises
    ------
    AssertionError : says what is wrong
    """
    first, again = _Session(build), _Session(build)
    first.trade()
    again.trade()
    assert first.reports == again.reports, "two venues of one seed report different things"
    _check_ids(first.reports)
    _check_answers(first)
    _check_money(first.reports)
    assert isinstance(first.made.report(), dict), "report() gives no mapping"
    first.made.stop()


class _Session:
    """A venue, somebody who sends it commands, and what it has said."""

    def __init__(self, build: Callable[[SimulationContext], SimulatedVenue]) -> None:
        self.timeline = Timeline()
        self.timeline.start(SECOND)
        venue = PAIR.id.venue
        made = build(SimulationContext(venue, self.timeline, lambda *_: None, {}, 7))
        assert isinstance(made, ExecutionClient), f"{made!r} is no ExecutionClient"
        assert venue == made.venue, f"{made!r} was built for {venue} and says {made.venue}"
        self.made: SimulatedVenue = made
        self.client: ExecutionClient = made
        self.reports: list[Report] = []
        self.sent: list[SubmitOrder] = []
        self._is_inside = False
        made.connect(self._take)
        self.timeline.add_settler(made)
        self.book = made.add_instrument(PAIR)
        made.start()
        assert self.reports, "start() told no state of the account"

    def trade(self) -> None:
        """Buy, sell, rest, and withdraw what rests."""
        self._quote(99_000)
        self._order(OrderSide.BUY, 1_000)
        self._order(OrderSide.SELL, 400)
        self._order(OrderSide.BUY, 500, 98_000)
        self._quote(99_100)
        resting = self._order(OrderSide.BUY, 300, 90_000)
        self._settle()
        begun, now = resting.command_id, self.timeline.now
        self._send(CancelOrder(90, begun, 0, now, PAIR.id, resting.client_order_id, None))
        self._settle()
        self._quote(97_900)
        self._settle()

    def _take(self, report: Report) -> None:
        assert not self._is_inside, f"{type(report).__name__} was reported from inside a command"
        self.reports.append(report)

    def _quote(self, bid: int) -> None:
        self.timeline.advance(self.timeline.now + SECOND)
        self.book.quote(bid, bid + 10, 1_000_000, 1_000_000, self.timeline.now)
        self.timeline.settle()

    def _order(self, side: OrderSide, quantity: int, limit: int | None = None) -> SubmitOrder:
        number = len(self.sent) + 1
        init = OrderInitialized(
            TraderId("TESTER-001"),
            StrategyId("S-001"),
            PAIR.id,
            ClientOrderId(f"O-{number}"),
            side,
            OrderType.MARKET if limit is None else OrderType.LIMIT,
            PAIR.make_qty(quantity),
            TimeInForce.GTC,
            post_only=False,
            reduce_only=False,
            quote_quantity=False,
            event_id=number,
            ts_event=self.timeline.now,
            ts_init=self.timeline.now,
            price=None if limit is None else PAIR.make_price(limit / 100_000),
        )
        order_id = init.client_order_id
        now = self.timeline.now
        command = SubmitOrder(number, number, 0, now, PAIR.id, order_id, init, None, None)
        self.sent.append(command)
        self._send(command)
        self.timeline.settle()
        return command

    def _send(self, command: Command) -> None:
        self._is_inside = True
        self.client.send(command)
        self._is_inside = False

    def _settle(self) -> None:
        self.timeline.settle()
        self.timeline.advance(self.timeline.now + WAIT)


def _check_ids(reports: list[Report]) -> None:
    expected = list(range(1, len(reports) + 1))
    found = [report.report_id for report in reports]
    assert expected == found, f"reports are not numbered from 1: {found}"
    times = [report.ts_event for report in reports]
    assert times == sorted(times), "reports are not in the order of their ts_event"


def _check_answers(session: _Session) -> None:
    for command in session.sent:
        name = f"order {command.client_order_id}"
        own = [
            report
            for report in session.reports
            if isinstance(report, OrderReport) and report.client_order_id == command.client_order_id
        ]
        assert own, f"{name} was never answered"
        assert isinstance(own[0], _ANSWERS), f"{name} began with {type(own[0]).__name__}"
        wrong = [report for report in own if report.correlation_id != command.command_id]
        assert not wrong, f"{name}: {wrong[0]} is not correlated with command {command.command_id}"
        filled = sum(report.last_qty.raw for report in own if isinstance(report, Filled))
        assert filled <= command.init.quantity.raw, f"{name} was filled beyond its quantity"


def _check_money(reports: list[Report]) -> None:
    totals: dict[str, Money] = {}
    for report in reports:
        change = _change_of(report)
        if change is None:
            continue
        for flow in change.flows:
            code = flow.amount.currency.code
            totals[code] = totals[code] + flow.amount if code in totals else flow.amount
        for balance in change.balances:
            name = type(report).__name__
            parts = balance.locked + balance.free
            assert balance.total == parts, f"{name}: {balance.total} is not locked and free"
            told = totals.get(balance.currency.code, balance.total - balance.total)
            assert told == balance.total, f"{name}: flows come to {told}, not {balance.total}"


def _change_of(report: Report) -> AccountChange | None:
    return report.change if isinstance(report, OrderReport | AccountReport) else None
