"""Anything may come in any order, under any options: nothing raises, and the books stay right."""

from __future__ import annotations

import random
from typing import Any

import pytest

from argosy.errors import ValueRangeError
from argosy.model.enums import MarketStatusAction, OrderType, TimeInForce
from argosy.model.orders.order import Order
from argosy.testing.instruments import default_fx_ccy
from tests.plugins.argosy_sim.kit import (
    AUDUSD,
    BEST_PRICE,
    BUY,
    MARGIN,
    MINUTE,
    SELL,
    Exchange,
    fixed_fee,
    latency,
    maker_taker,
    per_contract,
    probabilistic,
)

OTHER = default_fx_ccy("NZD/USD")
ACCOUNTS: list[dict[str, Any]] = [
    MARGIN,
    {"type": "cash", "balances": ["500 USD", "300 AUD"]},
    {"type": "cash", "base_currency": "USD", "balances": ["500 USD"]},
    {"type": "margin", "balances": ["1000 USD"], "leverage": 10},
]
CHOICES: dict[str, list[Any]] = {
    "account": ACCOUNTS,
    "oms": ["NETTING", "HEDGING"],
    "l1_excess": ["one_tick", "cancel", "per_level_ticks", "next_quote"],
    "liquidity_consumption": [True, False],
    "bar_orders": ["now", "next_open"],
    "gap_fill": ["open", "trigger"],
    "arrivals": ["exact", "with_data"],
    "reject_stop_orders": [True, False],
    "use_market_order_acks": [True, False],
    "trade_book": ["reach", "set"],
    "halts": ["refuse", "rest"],
    "price_protection_points": [0, 3],
}
TYPES = [
    OrderType.MARKET,
    OrderType.LIMIT,
    OrderType.STOP_MARKET,
    OrderType.STOP_LIMIT,
    OrderType.MARKET_IF_TOUCHED,
    OrderType.LIMIT_IF_TOUCHED,
]


class Life:
    """One venue, and what chance does to it."""

    def __init__(self, seed: int) -> None:
        self.chance = chance = random.Random(seed)
        settings = {name: chance.choice(values) for name, values in CHOICES.items()}
        self.hedges = settings["oms"] == "HEDGING"
        self.is_cash = settings["account"].get("type") == "cash"
        self.is_late = chance.random() < 0.5
        if self.is_late:
            kinds = ("insert", "modify", "cancel", "report")
            delays = {kind: chance.choice(["0s", "10s", "70s"]) for kind in kinds}
            settings["latency"] = latency(**delays)
        luck = {"prob_fill_on_limit": "0.5", "prob_slippage": "0.3", "prob_fill_on_stop": "0.5"}
        settings["fill"] = chance.choice([None, BEST_PRICE, probabilistic(**luck)])
        rates = maker_taker(maker="-0.001", taker="0.002")
        fees = [rates, fixed_fee(commission="1 USD"), per_contract("0.01 USD")]
        self.exchange = Exchange(AUDUSD, OTHER, seed=seed, fees=chance.choice(fees), **settings)
        self.orders: list[Order] = []

    def live(self, steps: int) -> None:
        acts = [self.quote, self.quote, self.trade, self.bar, self.bar, self.pair]
        acts += [self.send, self.send, self.send, self.modify, self.cancel]
        for _ in range(steps):
            self.chance.choice(acts)()
            if self.chance.random() < 0.03:
                status = [MarketStatusAction.HALT, MarketStatusAction.TRADING]
                self.exchange.venue.exchange.change_status(self.chance.choice(status))
        self.exchange.wait(10 * MINUTE)

    def price(self, above: float = 0) -> str:
        return f"{self.chance.randint(96, 104) / 100 + above:.5f}"

    def path(self) -> tuple[str, str, str, str]:
        points = [self.price() for _ in range(4)]
        return points[0], max(points), min(points), points[3]

    def quote(self) -> None:
        bid = self.chance.randint(96, 103) / 100
        ask = bid + self.chance.choice([0.0001, 0.01])
        sizes = self.chance.randint(0, 400), self.chance.randint(0, 400)
        of = self.chance.choice([AUDUSD, OTHER])
        self.exchange.quote(f"{bid:.5f}", f"{ask:.5f}", *sizes, of=of)

    def trade(self) -> None:
        size, aggressor = self.chance.randint(1, 300), self.chance.randint(0, 2)
        self.exchange.trade(self.price(), size, aggressor)

    def bar(self) -> None:
        self.exchange.bar(*self.path(), volume=self.chance.randint(0, 2_000))

    def pair(self) -> None:
        bids = self.path()
        asks = tuple(f"{float(price) + 0.005:.5f}" for price in bids)
        self.exchange.pair(bids, asks, self.chance.randint(0, 2_000))  # type: ignore[arg-type]

    def send(self) -> None:
        chance = self.chance
        order_type, time = chance.choice(TYPES), chance.choice(list(TimeInForce))
        is_conditional = order_type not in (OrderType.MARKET, OrderType.LIMIT)
        more: dict[str, Any] = {}
        if time is TimeInForce.GTD:
            more["expire_time_ns"] = self.exchange.timeline.now + chance.randint(1, 10) * MINUTE
        if is_conditional and chance.random() < 0.2:
            more["trigger_instrument_id"] = OTHER.id
        try:
            order = self.exchange.make(
                chance.choice([BUY, SELL]),
                chance.randint(1, 600),
                order_type,
                self.price() if "LIMIT" in order_type else None,
                self.price() if is_conditional else None,
                tif=time,
                post_only=chance.random() < 0.2,
                reduce_only=chance.random() < 0.3,
                quote_quantity=chance.random() < 0.15,
                **more,
            )
        except ValueRangeError:
            return
        held = self.exchange.cache.positions_open() if self.hedges else []
        position_id = str(chance.choice(held).id) if held and chance.random() < 0.5 else None
        self.exchange.send(order, position_id=position_id)
        self.orders.append(order)

    def modify(self) -> None:
        quantity = self.chance.choice([None, self.chance.randint(1, 700)])
        prices = [self.chance.choice([None, self.price()]) for _ in range(2)]
        for order in self.some_open():
            self.exchange.modify(order, quantity, *prices)

    def cancel(self) -> None:
        for order in self.some_open():
            self.exchange.cancel(order)

    def some_open(self) -> list[Order]:
        found = [order for order in self.orders[-6:] if not order.is_closed]
        return found and [self.chance.choice(found)]


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_the_books_stay_right(first: int) -> None:
    for seed in range(first, first + 20):
        life = Life(seed)
        life.live(40)
        account = life.exchange.venue.account
        for balance in account.balances().values():
            assert balance.total == balance.locked + balance.free, seed
            assert not (life.is_cash and balance.total.raw < 0), seed
        exchange = life.exchange.venue.exchange
        venues = exchange.clearing.account
        assert venues is not account
        assert venues.balances() == account.balances(), seed
        for instrument_id, desk in exchange.desks.items():
            held = sum(each.signed_qty for each in desk.listing.holdings.values())
            own = life.exchange.cache.positions_open(instrument_id=instrument_id)
            assert held == sum(each.signed_qty for each in own), seed
        if not life.is_late:
            desks = exchange.desks.values()
            kept = {order_id for desk in desks for order_id in desk.working.orders}
            kept |= {command.client_order_id for desk in desks for command in desk.waiting}
            opened = {order.client_order_id for order in life.orders if not order.is_closed}
            assert opened == kept, seed


@pytest.mark.parametrize("seed", range(5))
def test_the_same_life_leaves_the_same_log(seed: int) -> None:
    hashes = []
    for _ in range(2):
        life = Life(seed)
        life.live(60)
        hashes.append(life.exchange.log.hash())
    assert hashes[0] == hashes[1]
