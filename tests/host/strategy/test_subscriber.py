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
# Method -> what it is asked for, and further arguments in the order that users know.
KEYS: dict[str, tuple[Any, str]] = {
    "quote_ticks": (EURUSD.id, "client_id"),
    "trade_ticks": (EURUSD.id, "client_id"),
    "bars": (BARS, "client_id"),
    "instrument": (EURUSD.id, "client_id"),
    "instruments": (SIM, "client_id"),
    "instrument_status": (EURUSD.id, "client_id"),
    "venue_status": (SIM, "client_id"),
    "ticker": (EURUSD.id, "client_id"),
    "order_book": (EURUSD.id, "client_id"),
    "data": (DataType(str), "client_id instrument_id"),
}
METHODS = {
    **{
        f"{verb}_{name}": key for verb in ("subscribe", "unsubscribe") for name, key in KEYS.items()
    },
    "subscribe_order_book_deltas": (EURUSD.id, "book_type depth client_id"),
    "unsubscribe_order_book_deltas": (EURUSD.id, "client_id"),
}
UNREAD: dict[str, Any] = {
    "update_catalog": True,
    "params": {"speed": 100},
    "managed": True,
    "pyo3_conversion": True,
    "await_partial": True,
}


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
    _, *rest, more = list(inspect.signature(getattr(Subscriber, method)).parameters)[1:]
    assert (METHODS[method][1].split(), "more") == (rest, more)


@pytest.mark.parametrize("argument", UNREAD)
@pytest.mark.parametrize("method", METHODS)
def test_what_nobody_reads_is_refused(actor: Actor, method: str, argument: str) -> None:
    with pytest.raises(
        InputError, match=rf"{method}\(\) does not read {argument}, .* Leave it out"
    ):
        getattr(actor, method)(METHODS[method][0], **{argument: UNREAD[argument]})
    assert not actor._subscriptions
    assert not actor._bar_subscriptions


@pytest.mark.parametrize("method", METHODS)
def test_what_asks_for_nothing_is_let_pass(actor: Actor, method: str) -> None:
    getattr(actor, method)(METHODS[method][0], update_catalog=False, params=None)


@pytest.mark.parametrize("unread", [{"book_type": BookType.L3_MBO}, {"depth": 10}])
def test_books_come_as_the_data_have_them(actor: Actor, unread: dict[str, Any]) -> None:
    (name,) = unread
    with pytest.raises(InputError, match=rf"does not read {name}, was"):
        actor.subscribe_order_book_deltas(EURUSD.id, **unread)


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


@pytest.mark.parametrize("method", ["subscribe_data", "unsubscribe_data"])
def test_streams_of_custom_data_are_told_apart_by_metadata(actor: Actor, method: str) -> None:
    with pytest.raises(InputError, match=r"does not read instrument_id, .* into the metadata"):
        getattr(actor, method)(DataType(str), instrument_id=EURUSD.id)
