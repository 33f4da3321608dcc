import pytest

from argosy.model.enums import OrderType, TimeInForce
from argosy.testing.instruments import equity
from tests.plugins.argosy_sim.kit import (
    AUDUSD,
    BEST_PRICE,
    BUY,
    MARGIN,
    SELL,
    Exchange,
    fills,
    probabilistic,
    told,
)

LIMIT = OrderType.LIMIT


def shown(**settings: object) -> Exchange:
    """Return an exchange that displays 1,000 at 1.05000 / 1.05010."""
    exchange = Exchange(**settings)
    exchange.quote("1.05000", "1.05010", 1_000, 1_000)
    return exchange


# -- market orders beyond the displayed size


def test_the_rest_of_a_market_order_fills_one_tick_worse() -> None:
    exchange = shown()
    assert ["1000@1.05010", "2000@1.05011"] == fills(exchange.market(BUY, 3_000))
    assert ["1000@1.05000", "2000@1.04999"] == fills(exchange.market(SELL, 3_000))
    assert {"orders": 2, "fills": 4, "quantity_beyond_displayed": "4000"} == exchange.report()


def test_the_rest_is_canceled_where_the_venue_says_so() -> None:
    order = shown(l1_excess="cancel").market(BUY, 3_000)
    expected = ["Filled 1000@1.05010 TAKER", "Canceled LIQUIDITY_EXHAUSTED: left=2000"]
    assert expected == told(order, reasons=True)


def test_the_rest_walks_levels_of_the_displayed_size() -> None:
    exchange = shown(l1_excess="per_level_ticks")
    expected = ["1000@1.05010", "1000@1.05011", "500@1.05012"]
    assert expected == fills(exchange.market(BUY, 2_500))
    assert "1500" == exchange.report()["quantity_beyond_displayed"]


def test_the_rest_waits_for_the_next_quotes() -> None:
    exchange = shown(l1_excess="next_quote")
    order = exchange.market(BUY, 2_500)
    exchange.quote("1.05100", "1.05110", 1_000, 1_000)
    assert ["1000@1.05010", "1000@1.05110"] == fills(order)
    exchange.quote("1.05100", "1.05110", 1_000, 1_000)
    assert ["1000@1.05010", "1000@1.05110", "500@1.05110"] == fills(order)
    assert order.is_closed
    assert "0" == exchange.report()["quantity_beyond_displayed"]


def test_a_waiting_rest_can_be_changed_and_canceled() -> None:
    exchange = shown(l1_excess="next_quote")
    order = exchange.market(SELL, 2_500)
    exchange.modify(order, quantity=1_500)
    exchange.modify(order, price="1.05")
    exchange.cancel(order)
    expected = [
        "Filled 1000@1.05000 TAKER",
        "PendingUpdate",
        "Updated 1500",
        "PendingUpdate",
        "ModifyRejected PRICE_NOT_MODIFIABLE",
        "PendingCancel",
        "Canceled",
    ]
    assert expected == told(order)


def test_a_rest_that_waits_without_any_fill_is_accepted() -> None:
    exchange = Exchange(l1_excess="next_quote")
    exchange.quote("1.05000", "1.05010", 0, 0)
    assert ["Accepted"] == told(exchange.market(BUY, 500))


def test_nothing_displayed_is_all_beyond() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010", 0, 0)
    assert ["500@1.05011"] == fills(exchange.market(BUY, 500))
    assert "500" == exchange.report()["quantity_beyond_displayed"]


def test_a_price_cannot_fall_to_zero() -> None:
    stock = equity()
    exchange = Exchange(stock)
    exchange.quote("0.01", "0.02", 10, 10)
    order = exchange.market(SELL, 15)
    assert ["Filled 10@0.01 TAKER", "Canceled LIQUIDITY_EXHAUSTED"] == told(order)


def test_price_protection_ends_the_walk() -> None:
    exchange = shown(l1_excess="per_level_ticks", price_protection_points=2)
    order = exchange.market(SELL, 9_000)
    assert ["1000@1.05000", "1000@1.04999", "1000@1.04998"] == fills(order)
    assert "Canceled LIQUIDITY_EXHAUSTED: left=6000" == told(order, reasons=True)[-1]


def test_an_order_of_any_size_ends() -> None:
    exchange = Exchange(l1_excess="per_level_ticks")
    exchange.quote("1.05000", "1.05010", 1, 1)
    order = exchange.market(BUY, 5_000)
    assert 1_001 == len(fills(order))
    assert "Canceled LIQUIDITY_EXHAUSTED" == told(order)[-1]


# -- what the book shows is immutable unless the venue counts


def test_one_level_serves_every_order_by_default() -> None:
    exchange = shown()
    assert ["1000@1.05010"] == fills(exchange.market(BUY, 1_000))
    assert ["1000@1.05010"] == fills(exchange.market(BUY, 1_000))


def test_what_was_taken_stays_taken_until_the_level_changes() -> None:
    exchange = shown(liquidity_consumption=True)
    assert ["700@1.05010"] == fills(exchange.market(BUY, 700))
    assert ["300@1.05010", "400@1.05011"] == fills(exchange.market(BUY, 700))
    exchange.quote("1.05000", "1.05010", 1_000, 1_000)
    assert ["700@1.05011"] == fills(exchange.market(BUY, 700))
    exchange.quote("1.05000", "1.05010", 1_000, 1_001)
    assert ["700@1.05010"] == fills(exchange.market(BUY, 700))


def test_a_limit_that_was_passed_gets_no_more_than_is_shown_where_the_venue_counts() -> None:
    exchange = shown(liquidity_consumption=True)
    order = exchange.limit(BUY, 3_000, "1.04500")
    exchange.quote("1.04000", "1.04010", 1_000, 1_000)
    assert ["1000@1.04500"] == fills(order)


# -- limits


def test_a_limit_through_the_market_fills_at_the_book_and_waits_on_as_a_taker() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 3_000, "1.06000")
    exchange.quote("1.05020", "1.05030", 1_000, 1_000)
    expected = ["Accepted", "Filled 1000@1.05010 TAKER", "Filled 1000@1.05030 TAKER"]
    assert expected == told(order)
    exchange.quote("1.06010", "1.06020", 1_000, 1_000)
    exchange.quote("1.05990", "1.06000", 1_000, 700)
    assert "Filled 700@1.06000 MAKER" == told(order)[-1]


def test_a_limit_that_is_only_touched_gets_what_is_shown() -> None:
    exchange = shown()
    order = exchange.limit(SELL, 3_000, "1.05500")
    exchange.quote("1.05500", "1.05510", 1_000, 1_000)
    exchange.quote("1.05500", "1.05510", 1_000, 1_000)
    assert ["1000@1.05500", "1000@1.05500"] == fills(order)


def test_a_limit_that_was_passed_fills_whole_at_its_own_price() -> None:
    exchange = shown()
    order = exchange.limit(SELL, 3_000, "1.05500")
    exchange.quote("1.05501", "1.05510", 1_000, 1_000)
    assert ["3000@1.05500"] == fills(order)
    assert "2000" == exchange.report()["quantity_beyond_displayed"]


def test_limits_wait_before_there_is_any_market() -> None:
    exchange = Exchange()
    order = exchange.limit(BUY, 1_000, "1.05000")
    exchange.quote("1.04980", "1.04990")
    assert ["Accepted", "Filled 1000@1.05000 MAKER"] == told(order)


def test_better_prices_go_first_then_earlier_orders() -> None:
    exchange = shown(liquidity_consumption=True)
    orders = [exchange.limit(BUY, 400, price) for price in ("1.04500", "1.04600", "1.04500")]
    exchange.quote("1.04000", "1.04010", 1_000, 1_000)
    assert [["400@1.04500"], ["400@1.04600"], ["200@1.04500"]] == [fills(o) for o in orders]


# -- fill models


def test_the_best_price_serves_any_size() -> None:
    exchange = shown(fill=BEST_PRICE)
    assert ["9000@1.05010"] == fills(exchange.market(BUY, 9_000))
    assert ["9000@1.05010"] == fills(exchange.market(BUY, 9_000, tif=TimeInForce.FOK))
    assert "16000" == exchange.report()["quantity_beyond_displayed"]


def test_a_touch_without_luck_fills_nothing() -> None:
    exchange = shown(fill=probabilistic(prob_fill_on_limit="0"))
    order = exchange.limit(BUY, 1_000, "1.04500")
    exchange.quote("1.04490", "1.04500")
    assert [] == fills(order)
    exchange.quote("1.04490", "1.04499")
    assert ["1000@1.04500"] == fills(order)


def test_slippage_costs_a_tick_but_never_passes_a_limit() -> None:
    exchange = shown(fill=probabilistic(prob_slippage="1"))
    assert ["1000@1.05011"] == fills(exchange.market(BUY, 1_000))
    assert ["1000@1.04999"] == fills(exchange.market(SELL, 1_000))
    assert ["1000@1.05010"] == fills(exchange.limit(BUY, 1_000, "1.05010"))
    assert ["1000@1.05011"] == fills(exchange.limit(BUY, 1_000, "1.05020"))


@pytest.mark.parametrize("seed", [1, 2])
def test_chance_depends_on_the_seed_alone(seed: int) -> None:
    def outcome() -> list[str]:
        exchange = shown(fill=probabilistic(prob_slippage="0.5"), seed=seed)
        return [fills(exchange.market(BUY, 1_000))[0] for _ in range(20)]

    assert outcome() == outcome()
    assert {"1000@1.05010", "1000@1.05011"} == set(outcome())


# -- positions and ids


def test_a_hedging_venue_opens_a_position_for_each_order() -> None:
    exchange = shown(oms="HEDGING")
    exchange.market(BUY, 1_000)
    exchange.market(SELL, 3_000)
    held = {str(p.id): p.signed_raw for p in exchange.cache.positions_open()}
    assert {"SIM-1-001": 1_000, "SIM-1-002": -3_000} == held


def test_a_hedging_venue_without_position_ids_leaves_them_to_the_host() -> None:
    exchange = shown(oms="HEDGING", use_position_ids=False)
    order = exchange.market(BUY, 3_000)
    assert str(order.position_id).startswith("P-")
    assert 1 == len(exchange.cache.positions_open())


def test_an_order_for_a_position_goes_to_it() -> None:
    exchange = shown(oms="HEDGING")
    exchange.market(BUY, 1_000)
    exchange.submit(SELL, 400, position_id="SIM-1-001")
    assert [600] == [p.signed_raw for p in exchange.cache.positions_open()]


def test_ids_tell_orders_and_seeds_apart() -> None:
    ids = set()
    for seed in (0, 1):
        exchange = shown(seed=seed)
        for order in (exchange.market(BUY, 1_500), exchange.market(BUY, 1_500)):
            ids |= {str(order.venue_order_id), *map(str, order.trade_ids)}
    assert 12 == len(ids)


def test_a_market_order_is_acknowledged_where_the_venue_does_so() -> None:
    order = shown(use_market_order_acks=True).market(BUY, 1_000)
    assert ["Accepted", "Filled 1000@1.05010 TAKER"] == told(order)


def test_a_margin_account_may_sell_what_it_does_not_have() -> None:
    exchange = Exchange(equity(), account=MARGIN)
    exchange.quote("100.00", "100.01", 1_000, 1_000)
    exchange.market(SELL, 10)
    assert -10 == exchange.position()


def test_the_other_side_is_needed() -> None:
    exchange = Exchange(AUDUSD)
    assert ["Rejected NO_MARKET: side=BUY"] == told(exchange.market(BUY, 1_000), reasons=True)
