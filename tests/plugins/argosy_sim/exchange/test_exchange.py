"""The exchange without any host: commands and quotes go in, reports come out, its books balance."""

from __future__ import annotations

import random
from typing import Any

import pytest

from argosy.kernel.timeline import Timeline
from argosy.model.accounts import Account, CashAccount, MarginAccount
from argosy.model.commands import (
    CancelAllOrders,
    CancelOrder,
    CancelOrders,
    Command,
    ModifyOrder,
    QueryAccount,
    QueryOrder,
    SubmitOrder,
    SubmitOrderList,
)
from argosy.model.currency import USD
from argosy.model.enums import OrderSide, OrderStatus, OrderType, TimeInForce
from argosy.model.events.order import OrderInitialized
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    OrderListId,
    PositionId,
    StrategyId,
    TraderId,
    Venue,
)
from argosy.model.money import Money
from argosy.model.reports import (
    Accepted,
    AccountReport,
    Canceled,
    Filled,
    OrderReport,
    OrderStatusReport,
    PositionStatusReport,
    QueryRejected,
    Rejected,
    Report,
    Updated,
)
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import default_fx_ccy
from argosy_sim.exchange import Exchange, ExchangeModels
from argosy_sim.fees import MakerTakerFees
from argosy_sim.fill_models import DisplayedFill, FillRules
from argosy_sim.part_settings import MakerTakerSettings
from argosy_sim.profiles import options_of

BUY, SELL = OrderSide.BUY, OrderSide.SELL
AUDUSD = default_fx_ccy("AUD/USD")
ACCOUNT = AccountId("SIM-001")
START = Money.from_str("1_000_000 USD")
SECOND = 1_000_000_000


class Bench:
    """An exchange, somebody who sends commands, and what it has reported."""

    def __init__(self, account: Account | None = None, **fees: Any) -> None:
        self.timeline = Timeline()
        self.timeline.start(SECOND)
        self.reports: list[Report] = []
        rates = MakerTakerFees(MakerTakerSettings(**{"maker": 0, "taker": "0.0001", **fees}))
        models = ExchangeModels(
            name=Venue("SIM"),
            tag="t",
            options=options_of("argosy", {}),
            fees=rates,
            fee_is_once=False,
            fill=FillRules(DisplayedFill(), random.Random(0)),
            order_types={},
            is_hedging=False,
            sells_held=False,
        )
        made = MarginAccount(ACCOUNT, USD) if account is None else account
        self.exchange = Exchange(self.timeline, models, made, self.reports.append)
        self.book = self.exchange.list_instrument(AUDUSD)
        self.reports.append(self.exchange.deposit([START]))
        self._commands = 0

    def ids(self, *, begun: int | None = None) -> tuple[int, int, int, int]:
        self._commands += 1
        return self._commands, begun or self._commands, 0, self.timeline.now

    def quote(self, bid: str, ask: str, size: int = 1_000_000) -> None:
        self.timeline.start(self.timeline.now + SECOND)
        raws = (AUDUSD.make_price(bid).raw, AUDUSD.make_price(ask).raw)
        self.book.quote(*raws, size, size, self.timeline.now)
        self.settle()

    def settle(self) -> list[Report]:
        before = len(self.reports)
        self.exchange.settle()
        return self.reports[before:]

    def send(self, *commands: Command) -> list[Report]:
        for command in commands:
            self.exchange.send(command)
        return self.settle()

    def order(
        self,
        side: OrderSide,
        quantity: int,
        price: str | None = None,
        *,
        strategy: str = "S-001",
        book: str | None = None,
        reduce_only: bool = False,
    ) -> SubmitOrder:
        ids = self.ids()
        init = OrderInitialized(
            TraderId("T-001"),
            StrategyId(strategy),
            AUDUSD.id,
            ClientOrderId(f"O-{ids[0]}"),
            side,
            OrderType.MARKET if price is None else OrderType.LIMIT,
            Quantity.from_int(quantity),
            TimeInForce.GTC,
            post_only=False,
            reduce_only=reduce_only,
            quote_quantity=False,
            event_id=0,
            ts_event=0,
            ts_init=0,
            price=None if price is None else Price.from_str(price),
        )
        named = None if book is None else PositionId(book)
        return SubmitOrder(*ids, AUDUSD.id, init.client_order_id, init, named, named)


@pytest.fixture
def bench() -> Bench:
    made = Bench()
    made.quote("1.00000", "1.00010")
    return made


def kinds(reports: list[Report]) -> list[type]:
    return [type(report) for report in reports]


def test_the_first_report_tells_the_deposit() -> None:
    (report,) = Bench().reports
    assert isinstance(report, AccountReport)
    assert [START] == [flow.amount for flow in report.change.flows]
    assert [START] == [balance.total for balance in report.change.balances]
    assert (1, 0, 0, ACCOUNT) == (
        report.report_id,
        report.correlation_id,
        report.causation_id,
        report.account_id,
    )


def test_an_order_that_takes_is_filled_with_what_it_moved(bench: Bench) -> None:
    command = bench.order(BUY, 10_000)
    (fill,) = bench.send(command)
    assert isinstance(fill, Filled)
    assert ("10000", "1.00010") == (str(fill.last_qty), str(fill.last_px))
    assert (command.command_id, command.command_id) == (fill.correlation_id, fill.causation_id)
    assert fill.change is not None
    assert ["-1.00 USD"] == [str(flow.amount) for flow in fill.change.flows]
    assert ["999999.00 USD"] == [str(balance.total) for balance in fill.change.balances]
    assert [AUDUSD.id] == [margin.instrument_id for margin in fill.change.margins]


def test_what_the_market_does_answers_no_command(bench: Bench) -> None:
    command = bench.order(BUY, 1_000, "0.99000")
    (accepted,) = bench.send(command)
    bench.quote("0.98000", "0.98010")
    fill = bench.reports[-1]
    assert isinstance(accepted, Accepted)
    assert isinstance(fill, Filled)
    assert (command.command_id, 0) == (fill.correlation_id, fill.causation_id)
    assert accepted.change is not None
    assert accepted.change.balances[0].locked.raw > 0


def test_ids_of_reports_count_from_one(bench: Bench) -> None:
    bench.send(bench.order(BUY, 1_000), bench.order(SELL, 1_000))
    expected = list(range(1, len(bench.reports) + 1))
    assert expected == [report.report_id for report in bench.reports]


def test_each_strategy_has_a_holding_and_the_account_nets_them(bench: Bench) -> None:
    bench.send(bench.order(BUY, 3_000, strategy="S-001"), bench.order(SELL, 1_000, strategy="S-2"))
    held = {key: int(quantity) for _, key, quantity in bench.exchange.holdings()}
    assert {"S-001": 3_000, "S-2": -1_000} == held
    account = bench.exchange.clearing.account
    assert isinstance(account, MarginAccount)
    margin = account.margin_maint(AUDUSD.id)
    expected = AUDUSD.margin_maint * 2_000
    assert margin is not None
    assert abs(margin.as_decimal() - expected) <= 1


def test_a_reduce_only_order_follows_the_book_that_it_names(bench: Bench) -> None:
    bench.send(bench.order(BUY, 3_000, book="B-1"), bench.order(BUY, 500, book="B-2"))
    trimmed = bench.send(bench.order(SELL, 9_000, book="B-2", reduce_only=True))
    assert [Updated, Filled] == kinds(trimmed)
    assert [("B-1", 3_000)] == [(key, quantity) for _, key, quantity in bench.exchange.holdings()]
    (refused,) = bench.send(bench.order(SELL, 1_000, book="B-2", reduce_only=True))
    assert isinstance(refused, Rejected)


def test_a_list_is_taken_order_by_order(bench: Bench) -> None:
    orders = (bench.order(BUY, 1_000, "0.99000"), bench.order(BUY, 2_000, "0.98000"))
    reports = bench.send(SubmitOrderList(*bench.ids(), OrderListId("OL-1"), orders))
    assert [Accepted, Accepted] == kinds(reports)
    assert [order.command_id for order in orders] == [each.causation_id for each in reports]


def resting(bench: Bench, count: int = 3) -> list[SubmitOrder]:
    sides = (BUY, SELL)
    prices = ("0.90000", "1.10000")
    commands = [bench.order(sides[i % 2], 1_000, prices[i % 2]) for i in range(count)]
    bench.send(*commands)
    return commands


def cancel_of(bench: Bench, order: SubmitOrder) -> CancelOrder:
    ids = bench.ids(begun=order.command_id)
    return CancelOrder(*ids, AUDUSD.id, order.client_order_id, None)


def test_orders_are_withdrawn_one_by_one_together_or_all_of_a_side(bench: Bench) -> None:
    first, second, third, *_ = resting(bench, 5)
    assert [Canceled] == kinds(bench.send(cancel_of(bench, first)))
    both = CancelOrders(*bench.ids(), (cancel_of(bench, second), cancel_of(bench, third)))
    assert [Canceled, Canceled] == kinds(bench.send(both))
    sells = CancelAllOrders(*bench.ids(), AUDUSD.id, None, SELL)
    assert [Canceled] == kinds(bench.send(sells))
    nobodys = CancelAllOrders(*bench.ids(), AUDUSD.id, StrategyId("OTHER-001"), SELL)
    assert [] == bench.send(nobodys)
    mine = CancelAllOrders(*bench.ids(), AUDUSD.id, StrategyId("S-001"), OrderSide.NO_ORDER_SIDE)
    assert [Canceled] == kinds(bench.send(mine))
    assert 0 == bench.book.resting


def test_a_change_is_told_with_what_is_held_since_then(bench: Bench) -> None:
    (order,) = resting(bench, 1)
    ids = bench.ids(begun=order.command_id)
    change = (Quantity.from_int(2_000), None, None)
    (updated,) = bench.send(ModifyOrder(*ids, AUDUSD.id, order.client_order_id, None, *change))
    assert isinstance(updated, Updated)
    assert (order.command_id, ids[0]) == (updated.correlation_id, updated.causation_id)
    assert updated.change is not None


def test_queries_are_answered(bench: Bench) -> None:
    (order,) = resting(bench, 1)
    ids = bench.ids(begun=order.command_id)
    (status,) = bench.send(QueryOrder(*ids, AUDUSD.id, order.client_order_id, None))
    assert isinstance(status, OrderStatusReport)
    assert (OrderStatus.ACCEPTED, "1000", "0") == (
        status.order_status,
        str(status.quantity),
        str(status.filled_qty),
    )
    unknown = ClientOrderId("O-WHICH")
    (nothing,) = bench.send(QueryOrder(*bench.ids(), AUDUSD.id, unknown, None))
    assert isinstance(nothing, QueryRejected)
    bench.send(bench.order(BUY, 2_000))
    account, position = bench.send(QueryAccount(*bench.ids(), ACCOUNT))
    assert isinstance(account, AccountReport)
    assert isinstance(position, PositionStatusReport)
    assert ("S-001", 2_000, "1.0001000000") == (
        position.book,
        int(position.signed_qty),
        str(position.avg_px_open),
    )


def fills(bench: Bench) -> list[Filled]:
    return [report for report in bench.reports if isinstance(report, Filled)]


def random_commands(bench: Bench, chance: random.Random) -> dict[ClientOrderId, int]:
    """Trade for a while; return the sign of each order."""
    sent: list[SubmitOrder] = []
    for _ in range(60):
        middle = 100_000 + chance.randint(-300, 300)
        bench.quote(f"{middle / 100_000:.5f}", f"{(middle + 10) / 100_000:.5f}", 3_000)
        for _ in range(chance.randint(0, 3)):
            if sent and chance.random() < 0.3:
                bench.send(cancel_of(bench, chance.choice(sent)))
                continue
            price = f"{(middle + chance.randint(-200, 200)) / 100_000:.5f}"
            order = bench.order(
                chance.choice([BUY, SELL]),
                chance.randint(1, 5_000),
                chance.choice([None, price]),
                strategy=chance.choice(["S-001", "S-002"]),
                book=chance.choice([None, None, "B-1"]),
                reduce_only=chance.random() < 0.2,
            )
            sent.append(order)
            bench.send(order)
    return {each.client_order_id: 1 if each.init.is_buy else -1 for each in sent}


@pytest.mark.parametrize("seed", range(10))
def test_the_books_are_those_of_the_reports(seed: int) -> None:
    """Whoever adds up the reports has what the exchange has, and no money comes from nowhere."""
    bench = Bench(CashAccount(ACCOUNT, USD, may_borrow=True) if seed % 2 else None)
    sides = random_commands(bench, random.Random(seed))
    total = Money.from_str("0 USD")
    for report in bench.reports:
        change = report.change if isinstance(report, OrderReport | AccountReport) else None
        if change is None:
            continue
        for flow in change.flows:
            total += flow.amount
        (balance,) = change.balances
        assert total == balance.total == balance.locked + balance.free
    assert total == bench.exchange.clearing.account.balance_total(USD)
    net = sum(sides[report.client_order_id] * report.last_qty.raw for report in fills(bench))
    assert net == sum(int(quantity) for _, _, quantity in bench.exchange.holdings())
    assert len(fills(bench)) > 20


@pytest.mark.parametrize("seed", range(3))
def test_equal_commands_have_equal_reports(seed: int) -> None:
    runs = []
    for _ in range(2):
        bench = Bench()
        random_commands(bench, random.Random(seed))
        runs.append(bench.reports)
    assert runs[0] == runs[1]
