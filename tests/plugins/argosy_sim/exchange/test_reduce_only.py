from argosy.model.identifiers import StrategyId
from tests.plugins.argosy_sim.kit import BUY, SELL, Exchange, fills, told

OTHER = StrategyId("OTHER-001")


def shown(**settings: object) -> Exchange:
    exchange = Exchange(**settings)
    exchange.quote("1.05000", "1.05010")
    return exchange


def test_nothing_can_be_reduced_without_a_position() -> None:
    order = shown().market(SELL, 1_000, reduce_only=True)
    reason = "REDUCE_ONLY_WOULD_INCREASE_POSITION: side=SELL, position=FLAT"
    assert [f"Rejected {reason}"] == told(order, reasons=True)


def test_an_order_on_the_side_of_the_position_is_rejected() -> None:
    exchange = shown()
    exchange.market(BUY, 1_000)
    order = exchange.market(BUY, 500, reduce_only=True)
    reason = "REDUCE_ONLY_WOULD_INCREASE_POSITION: side=BUY, position=LONG"
    assert [f"Rejected {reason}"] == told(order, reasons=True)


def test_an_order_larger_than_the_position_is_trimmed() -> None:
    exchange = shown()
    exchange.market(BUY, 1_000)
    order = exchange.market(SELL, 3_000, reduce_only=True)
    assert ["Updated 1000", "Filled 1000@1.05000 TAKER"] == told(order)
    assert 0 == exchange.position()


def test_a_resting_order_is_trimmed_when_it_comes() -> None:
    exchange = shown()
    exchange.market(SELL, 1_000)
    order = exchange.limit(BUY, 3_000, "1.04000", reduce_only=True)
    assert ["Accepted", "Updated 1000"] == told(order)


def test_resting_orders_shrink_with_the_position_and_end_with_it() -> None:
    exchange = shown()
    exchange.market(BUY, 3_000)
    profit = exchange.limit(SELL, 3_000, "1.06000", reduce_only=True)
    loss = exchange.stop(SELL, 2_000, "1.04000", reduce_only=True)
    exchange.market(SELL, 1_500)
    assert (["Accepted", "Updated 1500"],) * 2 == (told(profit), told(loss))
    exchange.market(SELL, 1_500)
    ended = "Canceled REDUCE_ONLY_NO_POSITION"
    assert (ended, ended) == (told(profit)[-1], told(loss)[-1])


def test_one_exit_ends_the_other() -> None:
    exchange = shown()
    exchange.market(BUY, 1_000)
    profit = exchange.limit(SELL, 1_000, "1.06000", reduce_only=True)
    loss = exchange.stop(SELL, 1_000, "1.04000", reduce_only=True)
    exchange.quote("1.03900", "1.03910")
    assert ["1000@1.03900"] == fills(loss)
    assert ["Accepted", "Canceled REDUCE_ONLY_NO_POSITION"] == told(profit)


def test_a_partial_exit_shrinks_the_other() -> None:
    exchange = shown()
    exchange.market(BUY, 1_000)
    profit = exchange.limit(SELL, 1_000, "1.06000", reduce_only=True)
    loss = exchange.stop(SELL, 1_000, "1.04000", reduce_only=True)
    exchange.quote("1.06000", "1.06010", 400, 400)
    assert ["Accepted", "Filled 400@1.06000 MAKER"] == told(profit)
    assert ["Accepted", "Updated 600"] == told(loss)


def test_a_growing_position_grows_no_order() -> None:
    exchange = shown()
    exchange.market(BUY, 1_000)
    order = exchange.limit(SELL, 1_000, "1.06000", reduce_only=True)
    exchange.market(BUY, 1_000)
    assert ["Accepted"] == told(order)


def test_an_order_follows_the_position_of_its_strategy() -> None:
    exchange = shown()
    exchange.market(BUY, 1_000)
    order = exchange.limit(SELL, 1_000, "1.06000", reduce_only=True)
    exchange.market(SELL, 1_000, strategy_id=OTHER)
    assert ["Accepted"] == told(order)
    rejected = exchange.market(SELL, 500, reduce_only=True, strategy_id=OTHER)
    assert ["Rejected REDUCE_ONLY_WOULD_INCREASE_POSITION"] == told(rejected)


def test_a_hedging_order_reduces_the_position_that_it_names() -> None:
    exchange = shown(oms="HEDGING")
    exchange.market(BUY, 1_000)
    exchange.market(BUY, 5_000)
    order = exchange.submit(SELL, 3_000, reduce_only=True, position_id="SIM-1-001")
    assert ["Updated 1000", "Filled 1000@1.05000 TAKER"] == told(order)
    nobody = exchange.submit(SELL, 3_000, reduce_only=True)
    assert ["Rejected REDUCE_ONLY_WOULD_INCREASE_POSITION"] == told(nobody)


def test_a_change_cannot_outgrow_the_position() -> None:
    exchange = shown()
    exchange.market(BUY, 1_000)
    order = exchange.limit(SELL, 500, "1.06000", reduce_only=True)
    exchange.modify(order, quantity=5_000)
    assert "Updated 1000 1.06000" == told(order)[-1]


def test_the_flag_can_be_ignored() -> None:
    exchange = shown(use_reduce_only=False)
    order = exchange.market(SELL, 1_000, reduce_only=True)
    assert ["Filled 1000@1.05000 TAKER"] == told(order)
    assert -1_000 == exchange.position()


def test_a_converted_quantity_is_trimmed_when_it_is_triggered() -> None:
    exchange = shown()
    exchange.market(SELL, 500)
    order = exchange.stop(BUY, 1_060, "1.05900", quote_quantity=True, reduce_only=True)
    exchange.quote("1.05990", "1.06000")
    assert ["Accepted", "Updated 500", "Filled 500@1.06000 TAKER"] == told(order)


def test_a_converted_quantity_without_a_position_left_is_canceled() -> None:
    exchange = shown()
    exchange.market(SELL, 500)
    order = exchange.stop(BUY, 1_060, "1.05900", quote_quantity=True, reduce_only=True)
    exchange.market(BUY, 500)
    exchange.quote("1.05990", "1.06000")
    assert ["Accepted", "Canceled REDUCE_ONLY_NO_POSITION"] == told(order)
