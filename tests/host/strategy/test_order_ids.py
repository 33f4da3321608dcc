from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from argosy.model.identifiers import ClientOrderId, OrderListId, StrategyId, TraderId
from argosy.strategy.order_ids import OrderIds

TRADER = TraderId("TRADER-001")
STRATEGY = StrategyId("EMACross-007")
NOON = 1_600_000_000_000_000_000  # 2020-09-13 12:26:40


def test_an_id_tells_time_tags_and_count() -> None:
    ids = OrderIds(TRADER, STRATEGY)
    first = ids.next_order_id(NOON)
    assert "O-20200913-122640-001-007-1" == first
    assert ClientOrderId is type(first)
    assert "O-20200913-122640-001-007-2" == ids.next_order_id(NOON + 999_999_999)
    assert "O-20200913-122641-001-007-3" == ids.next_order_id(NOON + 1_000_000_000)


def test_lists_are_counted_apart() -> None:
    ids = OrderIds(TRADER, STRATEGY)
    ids.next_order_id(NOON)
    listed = ids.next_list_id(NOON)
    assert "OL-20200913-122640-001-007-1" == listed
    assert OrderListId is type(listed)
    assert (1, 1) == (ids.orders, ids.lists)


def test_ids_can_do_without_hyphens() -> None:
    ids = OrderIds(TRADER, STRATEGY, hyphens=False)
    assert "O202009131226400010071" == ids.next_order_id(NOON)


def test_counting_goes_on_from_where_it_was() -> None:
    ids = OrderIds(TRADER, STRATEGY)
    ids.orders = 41
    assert ids.next_order_id(NOON).endswith("-42")


@given(st.lists(st.integers(0, 4_000_000_000_000_000_000), min_size=1, max_size=8))
def test_the_stamp_is_the_time_in_whatever_order_times_come(times: list[int]) -> None:
    ids = OrderIds(TRADER, STRATEGY)
    for number, now in enumerate(times, 1):
        moment = datetime.fromtimestamp(now // 1_000_000_000, UTC)
        assert f"O-{moment:%Y%m%d-%H%M%S}-001-007-{number}" == ids.next_order_id(now)
