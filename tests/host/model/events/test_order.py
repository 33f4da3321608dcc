import msgspec
import pytest

from argosy.model.codec import convert, to_builtins
from argosy.model.events.order import (
    AnyOrderEvent,
    OrderAccepted,
    OrderEvent,
    OrderFilled,
    OrderInitialized,
    OrderUpdated,
    with_position_id,
)
from argosy.model.identifiers import PositionId
from tests.host.model.trades import BUY, SELL, a_fill, an_order, event, initialized
from tests.pure import is_pure


def test_each_kind_of_event_has_its_code() -> None:
    kinds = OrderEvent.__subclasses__()
    assert list(range(16)) == sorted(kind.code for kind in kinds)


def test_an_event_cannot_be_changed() -> None:
    fill = a_fill(BUY, "1", "1.25000")
    with pytest.raises(AttributeError):
        fill.last_qty = fill.last_qty  # type: ignore[misc]


def test_fields_stand_in_the_order_of_the_log() -> None:
    assert OrderAccepted.__struct_fields__ == (
        "trader_id",
        "strategy_id",
        "instrument_id",
        "client_order_id",
        "venue_order_id",
        "account_id",
        "event_id",
        "ts_event",
        "ts_init",
        "reconciliation",
    )


def test_events_carry_no_garbage_collector_overhead() -> None:
    assert all(not kind.__struct_config__.gc for kind in OrderEvent.__subclasses__())


@pytest.mark.parametrize(
    "made",
    [
        initialized(tags=("ENTRY",), exec_algorithm_params={"horizon_secs": 10}),
        a_fill(SELL, "2.5", "1.25000", commission="0.12 USD", info={"a": "b"}),
        event(OrderUpdated, an_order()),
    ],
    ids=["initialized", "filled", "updated"],
)
def test_an_event_survives_the_codec(made: AnyOrderEvent) -> None:
    assert made == convert(to_builtins(made), AnyOrderEvent)


@pytest.mark.skipif(is_pure(), reason="the event log has no plain twin")
def test_an_event_can_be_logged() -> None:
    from argosy.serialization.eventlog import EventLog

    log = EventLog()
    log.append(initialized())
    log.append(a_fill(BUY, "1", "1.25000"))
    first, second = msgspec.msgpack.Decoder().decode(b"\x92" + log.to_bytes())
    assert ("OrderInitialized", "OrderFilled") == (first[0], second[0])
    assert len(OrderInitialized.__struct_fields__) + 1 == len(first)


def test_a_fill_knows_its_side() -> None:
    assert a_fill(BUY, "1", "1.25000").is_buy
    assert a_fill(SELL, "1", "1.25000").is_sell


def test_a_fill_gets_its_position_in_a_copy() -> None:
    fill = a_fill(BUY, "1", "1.25000", position_id=None)
    assigned = with_position_id(fill, PositionId("P-9"))
    assert fill.position_id is None
    assert isinstance(assigned, OrderFilled)
    assert assigned.position_id == "P-9"
