"""The venue as a whole: what reference outcomes say of it, and what the host asks of it."""

import pytest

from argosy.model.enums import OrderSide, OrderStatus
from argosy.model.events.account import DEPOSIT
from argosy.model.events.order import OrderFilled
from argosy.testing.simulators import check_simulator
from argosy_sim.settings import SimSettings
from argosy_sim.venue import SimVenue
from tests.plugins.argosy_sim.kit import (
    BUY,
    MARGIN,
    SELL,
    Exchange,
    fills,
    latency,
    maker_taker,
    told,
)

OLD = "nautilus-1.221"
FLAT = ("1.05000",) * 4
FEES = maker_taker(maker="0.00002", taker="0.00002")


def bars(**settings: object) -> Exchange:
    """Return an exchange after a flat bar at 1.05 of a volume of 4,000."""
    exchange = Exchange(**{"fees": FEES, "profile": OLD, **settings})
    exchange.bar(*FLAT, volume=4_000)
    return exchange


# -- outcomes of NautilusTrader 1.221 (its profile)


def test_reference_a_quarter_of_the_volume_then_a_tick_worse() -> None:
    expected = ["Filled 1000@1.05000 TAKER", "Filled 2000@1.05001 TAKER"]
    assert expected == told(bars().market(BUY, 3_000))


def test_reference_an_order_with_latency_fills_at_the_next_close() -> None:
    exchange = bars(latency=latency(insert="1s"))
    order = exchange.market(BUY, 1_000)
    exchange.bar("1.05000", "1.12000", "1.05000", "1.10000")
    assert ["1000@1.10000"] == fills(order)


def test_reference_a_netting_position_is_flipped_under_its_id() -> None:
    exchange = bars()
    exchange.market(BUY, 1_000)
    exchange.bar("1.05000", "1.12000", "1.05000", "1.10000", volume=4_000)
    exchange.market(SELL, 3_000)
    position = exchange.cache.positions_open()[0]
    closed = exchange.cache.position_snapshots(position.id)[0]
    assert -2_000 == position.signed_raw
    assert closed.id == position.id
    assert "49.96 USD" == str(closed.realized_pnl)


def test_reference_a_hedging_venue_has_two_positions() -> None:
    exchange = bars(oms="HEDGING")
    exchange.market(BUY, 1_000)
    exchange.market(SELL, 3_000)
    held = {str(each.id): each.signed_raw for each in exchange.cache.positions_open()}
    assert {"SIM-1-001": 1_000, "SIM-1-002": -3_000} == held


def test_reference_a_stop_in_the_market_is_rejected() -> None:
    assert ["Rejected TRIGGER_IN_THE_MARKET"] == told(bars().stop(SELL, 1_000, "1.06000"))


@pytest.mark.parametrize(
    ("adaptive", "expected"), [(False, ["1000@1.15000"]), (True, ["1000@1.02000"])]
)
def test_reference_the_way_through_a_bar_decides_between_exits(
    adaptive: bool,  # noqa: FBT001
    expected: list[str],
) -> None:
    exchange = bars(bar_adaptive_high_low_ordering=adaptive)
    exchange.market(BUY, 1_000)
    exits = [
        exchange.stop(SELL, 1_000, "1.02000", reduce_only=True),
        exchange.limit(SELL, 1_000, "1.15000", reduce_only=True, post_only=True),
    ]
    exchange.bar("1.05000", "1.20000", "1.00000", "1.10000")
    assert expected == [fill for order in exits for fill in fills(order)]
    assert 0 == exchange.position()
    canceled = next(order for order in exits if not fills(order))
    assert OrderStatus.CANCELED is canceled.status


# -- orders and bars


def test_an_order_of_a_bar_fills_at_its_close_now() -> None:
    exchange = Exchange()
    exchange.bar("1.05000", "1.06000", "1.04000", "1.05500")
    assert ["1000@1.05500"] == fills(exchange.market(BUY, 1_000))


def test_an_order_of_a_bar_may_wait_for_the_next_open() -> None:
    exchange = Exchange(bar_orders="next_open")
    exchange.bar(*FLAT)
    market = exchange.market(BUY, 1_000)
    limit = exchange.limit(SELL, 1_000, "1.06500")
    assert ([], []) == (told(market), told(limit))
    exchange.bar("1.06000", "1.07000", "1.05000", "1.05500")
    assert ["1000@1.06000"] == fills(market)
    assert ["1000@1.06500"] == fills(limit)


def test_an_order_that_waits_for_the_open_can_be_canceled() -> None:
    exchange = Exchange(bar_orders="next_open")
    exchange.bar(*FLAT)
    order = exchange.market(BUY, 1_000)
    exchange.cancel(order)
    exchange.bar(*FLAT)
    assert ["PendingCancel", "Canceled"] == told(order)


def test_quotes_do_not_wait_for_an_open() -> None:
    exchange = Exchange(bar_orders="next_open")
    exchange.quote("1.05000", "1.05010")
    assert ["1000@1.05010"] == fills(exchange.market(BUY, 1_000))


# -- commands and reports


def test_commands_are_worked_off_in_order_and_never_from_inside() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    first, second = exchange.make(BUY, 1_000), exchange.make(SELL, 1_000)
    exchange.engine.submit(first)
    exchange.engine.submit(second)
    assert ([], []) == (told(first), told(second))
    exchange.timeline.settle()
    assert first.last_event.event_id < second.last_event.event_id


def test_what_a_fill_causes_settles_at_the_same_time() -> None:
    exchange = Exchange()
    orders = [exchange.make(SELL, 1_000)]

    def answer(event: object) -> None:
        if isinstance(event, OrderFilled) and event.order_side is OrderSide.BUY:
            exchange.engine.submit(orders[0])

    exchange.bus.subscribe("events.order.S-001", answer)
    exchange.quote("1.05000", "1.05010")
    entry = exchange.limit(BUY, 1_000, "1.04000")
    exchange.quote("1.03980", "1.03990")
    assert ["1000@1.03980"] == fills(orders[0])
    assert entry.ts_last == orders[0].ts_last


def test_a_canceled_order_is_gone() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.cancel(order)
    exchange.quote("1.03000", "1.03010")
    assert ["Accepted", "PendingCancel", "Canceled"] == told(order)
    assert 0 == exchange.matcher().resting


def test_the_first_state_has_the_deposits() -> None:
    exchange = Exchange(account={"type": "cash", "balances": ["5 USD", "7.50 AUD"]})
    state = exchange.venue.account.last_event
    assert state is not None
    flows = [(flow.kind, str(flow.amount), flow.cause) for flow in state.flows]
    expected = [(DEPOSIT, "5.00 USD", state.event_id), (DEPOSIT, "7.50 AUD", state.event_id)]
    assert expected == flows
    assert ["5.00 USD", "7.50 AUD"] == [str(balance.free) for balance in state.balances]


def test_the_report_counts() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010", 1_000, 1_000)
    exchange.market(BUY, 1_500)
    counters = {"orders": 1, "fills": 2, "quantity_beyond_displayed": "500"}
    assert {
        "profile": "argosy",
        "instruments": {"AUD/USD.SIM": counters},
    } == exchange.venue.report()


@pytest.mark.parametrize("oms", ["netting", "hedging"])
def test_the_venue_keeps_to_the_contract_of_simulators(oms: str) -> None:
    table = {"account": MARGIN, "oms": oms}
    check_simulator(lambda context: SimVenue(SimSettings.model_validate(table), context))


def test_a_venue_says_its_name_in_errors() -> None:
    assert "simulated venue SIM" == str(Exchange().venue)


# -- the event log


def log_hash(
    *, seed: int = 0, ask: str = "1.05010", unused: str = "1.2", **settings: object
) -> str:
    exchange = Exchange(seed=seed, **settings)
    exchange.quote("1.05000", ask)
    exchange.market(BUY, 1_000)
    exchange.quote("1.10000", unused)
    exchange.stop(SELL, 1_000, "1.04000")
    exchange.quote("1.03000", "1.03010")
    return exchange.log.hash()


def test_equal_runs_have_equal_logs() -> None:
    assert log_hash() == log_hash()


def test_what_acts_changes_the_log_and_nothing_else() -> None:
    same = log_hash()
    assert same == log_hash(unused="1.3")
    assert same == log_hash(gap_fill="trigger")
    assert same != log_hash(ask="1.05011")
    assert same != log_hash(seed=1)
    assert same != log_hash(fees=FEES)
    assert same != log_hash(use_market_order_acks=True)
    assert same != log_hash(account={**MARGIN, "balances": ["1_000_001 USD"]})
