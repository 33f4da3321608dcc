from argosy.model.enums import OrderStatus, TimeInForce
from tests.plugins.argosy_sim.kit import BUY, MINUTE, Exchange, told

DAY = 86_400_000_000_000
GTD = TimeInForce.GTD


def shown(**settings: object) -> Exchange:
    exchange = Exchange(**settings)
    exchange.quote("1.05000", "1.05010", at=DAY // 2)
    return exchange


def test_a_dated_order_expires_at_its_time_without_any_data() -> None:
    exchange = shown()
    end = exchange.timeline.now + 90_000_000_007
    order = exchange.limit(BUY, 1_000, "1.04", tif=GTD, expire_time_ns=end)
    exchange.wait(2 * MINUTE)
    assert ["Accepted", "Expired"] == told(order)
    assert end == order.ts_last


def test_data_at_the_time_of_expiry_comes_first() -> None:
    exchange = shown()
    end = exchange.timeline.now + MINUTE
    order = exchange.limit(BUY, 1_000, "1.04000", tif=GTD, expire_time_ns=end)
    exchange.quote("1.03980", "1.03990", at=end)
    assert OrderStatus.FILLED is order.status


def test_data_after_the_time_of_expiry_comes_too_late() -> None:
    exchange = shown()
    end = exchange.timeline.now + MINUTE
    order = exchange.limit(BUY, 1_000, "1.04000", tif=GTD, expire_time_ns=end)
    exchange.quote("1.03980", "1.03990", at=end + 1)
    assert OrderStatus.EXPIRED is order.status


def test_dates_can_be_left_to_the_host() -> None:
    exchange = shown(support_gtd_orders=False)
    end = exchange.timeline.now + MINUTE
    order = exchange.limit(BUY, 1_000, "1.04", tif=GTD, expire_time_ns=end)
    exchange.wait(2 * MINUTE)
    assert ["Accepted"] == told(order)


def test_a_day_ends_at_midnight() -> None:
    exchange = shown()
    order = exchange.stop(BUY, 1_000, "1.06", tif=TimeInForce.DAY)
    exchange.wait(DAY // 2 - 1)
    assert ["Accepted"] == told(order)
    exchange.wait(1)
    assert ["Accepted", "Expired"] == told(order)
    assert DAY == order.ts_last


def test_an_order_of_midnight_has_the_whole_day() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010", at=DAY)
    order = exchange.limit(BUY, 1_000, "1.04", tif=TimeInForce.DAY)
    exchange.wait(DAY - 1)
    assert ["Accepted"] == told(order)


def test_a_day_can_last_for_ever() -> None:
    exchange = shown(expire_day_orders=False)
    order = exchange.limit(BUY, 1_000, "1.04", tif=TimeInForce.DAY)
    exchange.wait(3 * DAY)
    assert ["Accepted"] == told(order)


def test_what_is_left_of_an_order_expires() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 1_000, "1.04000", tif=TimeInForce.DAY)
    exchange.quote("1.03990", "1.04000", 400, 400)
    exchange.wait(DAY)
    assert ["Accepted", "Filled 400@1.04000 MAKER", "Expired"] == told(order)


def test_the_rest_of_a_market_order_expires_too() -> None:
    exchange = Exchange(l1_excess="next_quote")
    exchange.quote("1.05000", "1.05010", 100, 100)
    order = exchange.market(BUY, 1_000, tif=TimeInForce.DAY)
    exchange.wait(DAY)
    assert ["Filled 100@1.05010 TAKER", "Expired"] == told(order)


def test_a_canceled_order_does_not_expire() -> None:
    exchange = shown()
    end = exchange.timeline.now + MINUTE
    order = exchange.limit(BUY, 1_000, "1.04", tif=GTD, expire_time_ns=end)
    exchange.cancel(order)
    exchange.wait(2 * MINUTE)
    assert ["Accepted", "PendingCancel", "Canceled"] == told(order)
