from argosy.model.currency import USD
from argosy.model.enums import OrderStatus, OrderType
from argosy_sim.latency import FixedLatency
from argosy_sim.part_settings import FixedLatencySettings
from tests.plugins.argosy_sim.kit import (
    BUY,
    MINUTE,
    SELL,
    Exchange,
    fills,
    fixed_fee,
    latency,
    told,
)

MS = 1_000_000


def shown(**settings: object) -> Exchange:
    exchange = Exchange(**settings)
    exchange.quote("1.05000", "1.05010", at=MINUTE)
    return exchange


def test_the_base_adds_to_each_command() -> None:
    settings = FixedLatencySettings(
        base="1ms", insert="2ms", modify="3ms", cancel="4ms", report="5ms"
    )
    model = FixedLatency(settings)
    expected = (3 * MS, 4 * MS, 5 * MS, 5 * MS)
    assert expected == (model.insert_ns, model.modify_ns, model.cancel_ns, model.report_ns)


def test_an_order_meets_the_market_of_its_arrival() -> None:
    exchange = shown(latency=latency(insert="10ms"))
    order = exchange.market(BUY, 1_000)
    assert [] == told(order)
    exchange.quote("1.06000", "1.06010", at=MINUTE + 10 * MS)
    assert [] == told(order)
    exchange.wait(0)
    assert ["1000@1.06010"] == fills(order)
    assert MINUTE + 10 * MS == order.ts_last


def test_an_order_that_arrives_between_data_meets_the_last() -> None:
    exchange = shown(latency=latency(insert="10ms"))
    order = exchange.market(BUY, 1_000)
    exchange.quote("1.06000", "1.06010", at=MINUTE + 11 * MS)
    assert ["1000@1.05010"] == fills(order)


def test_arrivals_can_wait_for_data() -> None:
    exchange = Exchange(latency=latency(insert="1s"), profile="nautilus-1.221")
    exchange.bar("1.05000", "1.05000", "1.05000", "1.05000")
    order = exchange.market(BUY, 1_000)
    exchange.bar("1.06000", "1.12000", "1.06000", "1.10000")
    assert ["1000@1.10000"] == fills(order)


def test_commands_overtake_by_their_own_times() -> None:
    exchange = shown(latency=latency(insert="10ms", cancel="1ms"))
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.cancel(order)
    exchange.wait(20 * MS)
    assert ["PendingCancel", "CancelRejected ORDER_NOT_FOUND", "Accepted"] == told(order)


def test_a_change_takes_its_time() -> None:
    exchange = shown(latency=latency(modify="5ms"))
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.modify(order, price="1.05100")
    exchange.quote("1.05200", "1.05210", at=MINUTE + 4 * MS)
    exchange.wait(2 * MS)
    assert ["Accepted", "PendingUpdate", "Updated 1000 1.05100"] == told(order)


def test_what_takes_no_time_settles_at_once() -> None:
    exchange = shown(latency=latency(report="0s", cancel="1ms"))
    assert ["1000@1.05010"] == fills(exchange.market(BUY, 1_000))


def test_reports_arrive_later_than_what_they_tell() -> None:
    exchange = shown(latency=latency(report="10ms"))
    order = exchange.market(BUY, 1_000)
    assert [] == told(order)
    exchange.wait(10 * MS)
    fill = order.last_event
    assert (MINUTE, MINUTE + 10 * MS) == (fill.ts_event, fill.ts_init)


def test_the_exchange_and_the_host_differ_while_a_report_travels() -> None:
    exchange = shown(latency=latency(report="10ms"), fees=fixed_fee(commission="5 USD"))
    exchange.market(BUY, 1_000)
    venues, own = exchange.venue.exchange.clearing.account, exchange.venue.account
    assert (1_000, 0) == (exchange.held(), exchange.position())
    assert ("999995.00 USD", "1000000.00 USD") == (
        str(venues.balance_total(USD)),
        str(own.balance_total(USD)),
    )
    assert venues.margins() != own.margins()
    exchange.wait(9 * MS)
    assert (1_000, 0) == (exchange.held(), exchange.position())
    exchange.wait(1 * MS)
    assert (1_000, 1_000) == (exchange.held(), exchange.position())
    assert venues.balances() == own.balances()
    assert venues.margins() == own.margins()


def test_the_venue_counts_what_has_not_arrived() -> None:
    exchange = shown(latency=latency(insert="10ms", report="10ms"))
    exchange.market(BUY, 1_000)
    seen = []
    for _ in range(3):
        seen.append(exchange.venue.report()["under_way"])
        exchange.wait(10 * MS)
    assert [
        {"commands": 1, "reports": 0},
        {"commands": 0, "reports": 1},
        {"commands": 0, "reports": 0},
    ] == seen
    assert "under_way" not in shown().venue.report()


def test_the_venue_knows_positions_that_it_has_not_reported() -> None:
    exchange = shown(latency=latency(report="10ms"))
    entry = exchange.make(BUY, 1_000)
    exits = [exchange.make(SELL, 800, reduce_only=True) for _ in range(3)]
    exchange.send(entry, *exits)
    exchange.wait(20 * MS)
    assert ["800@1.05000"] == fills(exits[0])
    assert ["Updated 200", "Filled 200@1.05000 TAKER"] == told(exits[1])
    assert ["Rejected REDUCE_ONLY_WOULD_INCREASE_POSITION"] == told(exits[2])


def test_a_cancel_that_crosses_a_fill_on_its_way_comes_too_late() -> None:
    exchange = shown(latency=latency(report="10ms"))
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.wait(20 * MS)
    exchange.quote("1.03000", "1.03010", at=exchange.timeline.now + 1)
    exchange.cancel(order)
    exchange.wait(20 * MS)
    assert OrderStatus.FILLED is order.status
    expected = [
        "Accepted",
        "PendingCancel",
        "Filled 1000@1.04000 MAKER",
        "CancelRejected ORDER_NOT_FOUND",
    ]
    assert expected == told(order)


def test_an_order_whose_cancel_is_on_its_way_is_not_told_of_its_trigger() -> None:
    for settings in ({"cancel": "10ms"}, {"cancel": "10ms", "report": "1ms"}):
        exchange = shown(latency=latency(**settings))
        order = exchange.submit(BUY, 1_000, OrderType.STOP_LIMIT, "1.05500", "1.06000")
        exchange.wait(2 * MS)
        exchange.cancel(order)
        exchange.quote("1.06000", "1.06010", at=exchange.timeline.now + 5 * MS)
        exchange.wait(20 * MS)
        assert ["Accepted", "PendingCancel", "Canceled"] == told(order)


def test_fills_may_cancel_each_other_out_before_the_host_hears_of_them() -> None:
    exchange = shown(latency=latency(report="10ms"))
    for side, quantity in ((BUY, 1_000), (BUY, 500), (SELL, 500)):
        exchange.send(exchange.make(side, quantity))
        exchange.wait(MS)
    assert (1_000, 0) == (exchange.held(), exchange.position())
    exchange.wait(20 * MS)
    assert (1_000, 1_000) == (exchange.held(), exchange.position())


def test_each_position_of_a_hedging_venue_has_a_holding_of_its_own() -> None:
    exchange = Exchange(latency=latency(report="1s"), oms="HEDGING")
    exchange.quote("1.05000", "1.05010")
    exchange.send(exchange.make(BUY, 1_000), exchange.make(SELL, 300))
    held = [(key, quantity) for _, key, quantity in exchange.venue.exchange.holdings()]
    assert [("O-1", 1_000), ("O-2", -300)] == held
    exchange.wait(1_000_000_000)
    assert ["SIM-1-001", "SIM-1-002"] == [str(each.id) for each in exchange.cache.positions_open()]
    exchange.submit(SELL, 1_000, position_id="SIM-1-001")
    held = [(key, quantity) for _, key, quantity in exchange.venue.exchange.holdings()]
    assert [("O-2", -300)] == held
