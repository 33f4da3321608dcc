"""What a component subscribes to; that each kind of data is heard is shown with the actor."""

import inspect
from typing import Any

import pytest

from argosy.engine.custom import DataType
from argosy.errors import InputError
from argosy.model.bar_type import BarType
from argosy.model.enums import BookType
from argosy.model.identifiers import ClientId
from argosy.strategy.actor import Actor
from argosy.strategy.subscriber import Subscriber
from tests.host.engine.kit import EURUSD, SIM, Desk

BARS = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-EXTERNAL")
# Argument order as users of the field know it, after the first.
MARKET = "client_id update_catalog params"
SUBSCRIBE = {
    "quote_ticks": (EURUSD.id, MARKET),
    "trade_ticks": (EURUSD.id, MARKET),
    "bars": (BARS, MARKET),
    "instrument": (EURUSD.id, MARKET),
    "instruments": (SIM, MARKET),
    "instrument_status": (EURUSD.id, "client_id params"),
    "venue_status": (SIM, "client_id params"),
    "ticker": (EURUSD.id, "client_id params"),
    "order_book": (EURUSD.id, "client_id params"),
    "order_book_deltas": (
        EURUSD.id,
        "book_type depth client_id managed pyo3_conversion params",
    ),
    "data": (DataType(str), "client_id instrument_id update_catalog params"),
}
UNSUBSCRIBE = {
    **{name: (key, "client_id params") for name, (key, _) in SUBSCRIBE.items()},
    "data": (DataType(str), "client_id instrument_id params"),
}
METHODS: dict[str, tuple[Any, list[str]]] = {
    f"{verb}_{name}": (key, arguments.split())
    for verb, table in (("subscribe", SUBSCRIBE), ("unsubscribe", UNSUBSCRIBE))
    for name, (key, arguments) in table.items()
}
ASKED: dict[str, Any] = {
    "update_catalog": True,
    "params": {"speed": 100},
    "book_type": BookType.L3_MBO,
    "depth": 10,
    "managed": True,
    "pyo3_conversion": True,
    "instrument_id": EURUSD.id,
}
UNREAD = [
    (method, argument)
    for method, (_, arguments) in METHODS.items()
    for argument in arguments
    if argument != "client_id"
]


@pytest.fixture
def actor() -> Actor:
    desk = Desk()
    desk.data.start()
    actor = Actor()
    desk.trader().add(actor)
    actor.start()
    return actor


def test_every_subscription_is_looked_at() -> None:
    names = {name for name in dir(Subscriber) if name.startswith(("subscribe_", "unsubscribe_"))}
    assert set(METHODS) == names


@pytest.mark.parametrize("method", METHODS)
def test_arguments_stand_in_the_order_that_users_know(method: str) -> None:
    _, *rest = list(inspect.signature(getattr(Subscriber, method)).parameters)[1:]
    assert METHODS[method][1] == rest


@pytest.mark.parametrize(("method", "argument"), UNREAD)
def test_what_nobody_reads_is_refused(actor: Actor, method: str, argument: str) -> None:
    with pytest.raises(InputError, match=rf"{method}\(\) does not read {argument}, was"):
        getattr(actor, method)(METHODS[method][0], **{argument: ASKED[argument]})
    assert [] == actor._subscriptions == actor._bar_subscriptions


@pytest.mark.parametrize("method", [each for each in METHODS if not each.endswith("_data")])
def test_the_client_is_that_of_the_venue(actor: Actor, method: str) -> None:
    key = METHODS[method][0]
    getattr(actor, method)(key, client_id=ClientId("SIM"))
    with pytest.raises(InputError, match=rf"{method}\(\): client_id IB is not the client of SIM"):
        getattr(actor, method)(key, client_id=ClientId("IB"))


@pytest.mark.parametrize("method", ["subscribe_data", "unsubscribe_data"])
def test_custom_data_have_no_client(actor: Actor, method: str) -> None:
    with pytest.raises(InputError, match=r"does not read client_id, .* from whoever publishes"):
        getattr(actor, method)(DataType(str), client_id=ClientId("SIM"))
