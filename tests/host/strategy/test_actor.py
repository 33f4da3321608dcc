"""Actors get data, tell the time and publish; they do not trade."""

import inspect
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from argosy.engine.custom import DataType
from argosy.errors import InputError, InstrumentNotFoundError, RunError, StrategyError
from argosy.kernel.clock import TimeEvent
from argosy.model.bar_type import BarType
from argosy.model.data import (
    Bar,
    InstrumentStatusUpdate,
    OrderBookDelta,
    OrderBookDeltas,
    OrderBookSnapshot,
    QuoteTick,
    Ticker,
    TradeTick,
    VenueStatusUpdate,
)
from argosy.model.enums import BookAction, BookType, ComponentState, MarketStatusAction
from argosy.model.identifiers import ClientId, ComponentId, InstrumentId
from argosy.model.values import Price
from argosy.strategy.actor import Actor
from argosy.strategy.config import ActorConfig
from argosy.strategy.indicators import SimpleMovingAverage
from tests.host.engine.kit import EURUSD, NOW, SECOND, SIM, Desk

OUTSIDE = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-EXTERNAL")
INSIDE = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-INTERNAL")
MINUTE = 60 * SECOND
HALT = MarketStatusAction.HALT
STAMPS: Any = {"ts_event": NOW, "ts_init": NOW}


class Noise:
    """Custom data."""


class Watcher(Actor):
    """Notes everything that reaches it."""

    def __init__(self, config: Any = None) -> None:
        super().__init__(config)
        self.got: list[tuple[str, Any]] = []
        self.life: list[str] = []

    def on_start(self) -> None:
        """Note it."""
        self.life.append("start")

    def on_stop(self) -> None:
        """Note it."""
        self.life.append("stop")

    def on_resume(self) -> None:
        """Note it."""
        self.life.append("resume")

    def on_reset(self) -> None:
        """Note it."""
        self.life.append("reset")

    def on_dispose(self) -> None:
        """Note it."""
        self.life.append("dispose")

    def on_degrade(self) -> None:
        """Note it."""
        self.life.append("degrade")

    def on_fault(self) -> None:
        """Note it."""
        self.life.append("fault")


def _noting(name: str) -> Any:
    def take(self: Watcher, item: Any) -> None:
        self.got.append((name, item))

    return take


HANDLERS = (
    "on_instrument",
    "on_instrument_status",
    "on_venue_status",
    "on_order_book_deltas",
    "on_order_book",
    "on_ticker",
    "on_quote_tick",
    "on_trade_tick",
    "on_bar",
    "on_data",
    "on_historical_data",
    "on_event",
)
for _name in HANDLERS:
    setattr(Watcher, _name, _noting(_name))


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.data.start()
    return desk


@pytest.fixture
def watcher(desk: Desk) -> Watcher:
    watcher = Watcher()
    desk.trader().add(watcher)
    watcher.start()
    return watcher


def heard(watcher: Watcher) -> list[str]:
    return [name for name, _ in watcher.got]


# -- life -----------------------------------------------------------------------------------------


def test_an_actor_is_named_by_its_settings_or_its_class() -> None:
    assert Watcher().id == "Watcher"
    assert Watcher(ActorConfig(component_id=ComponentId("Eyes"))).id == "Eyes"
    assert repr(Watcher()) == "Watcher(Watcher)"
    assert ActorConfig() == Watcher().config


def test_an_actor_knows_its_run_once_it_is_registered(desk: Desk) -> None:
    watcher = Watcher()
    with pytest.raises(RunError, match="Watcher belongs to no run yet: use on_start"):
        watcher.subscribe_quote_ticks(EURUSD.id)
    desk.trader().add(watcher)
    assert (desk.cache, desk.portfolio, desk.bus) == (
        watcher.cache,
        watcher.portfolio,
        watcher.msgbus,
    )
    assert NOW == watcher.clock.timestamp_ns()


def test_each_step_of_its_life_has_a_handler(watcher: Watcher) -> None:
    for verb in ("stop", "resume", "degrade", "fault", "reset", "dispose"):
        getattr(watcher, verb)()
    expected = ["start", "stop", "resume", "degrade", "fault", "reset", "dispose"]
    assert expected == watcher.life
    assert ComponentState.DISPOSED == watcher.state


def test_an_actor_that_does_nothing_is_an_actor(desk: Desk) -> None:
    actor = Actor()
    desk.trader().add(actor)
    for verb in ("start", "stop", "resume", "degrade", "fault", "reset", "dispose"):
        getattr(actor, verb)()
    assert {} == actor.on_save()
    actor.on_load({"state": b"1"})


@pytest.mark.parametrize("verb", ["stop", "fault"])
def test_an_actor_that_ends_hears_nothing_more(desk: Desk, watcher: Watcher, verb: str) -> None:
    watcher.subscribe_quote_ticks(EURUSD.id)
    watcher.subscribe_bars(INSIDE)
    watcher.clock.set_time_alert_ns("alert", NOW + SECOND)
    getattr(watcher, verb)()
    desk.quote("1.1", "1.2")
    desk.timeline.advance(NOW + 5 * MINUTE)
    assert [] == watcher.got
    assert [] == desk.cache.bar_types()


def test_what_is_subscribed_to_after_a_failure_inside_on_start_is_released(desk: Desk) -> None:
    class Failing(Watcher):
        def on_start(self) -> None:
            self.fault()
            self.subscribe_quote_ticks(EURUSD.id)

    failing = Failing()
    desk.trader().add(failing)
    failing.start()
    desk.quote("1.1", "1.2")
    assert [] == failing.got


# -- data -----------------------------------------------------------------------------------------


def test_nothing_is_heard_without_a_subscription(desk: Desk, watcher: Watcher) -> None:
    desk.quote("1.1", "1.2")
    desk.trade("1.1")
    desk.close(str(OUTSIDE), "1.1")
    assert [] == watcher.got


def test_each_kind_of_data_has_its_handler(desk: Desk, watcher: Watcher) -> None:
    watcher.subscribe_instrument(EURUSD.id)
    watcher.subscribe_instrument_status(EURUSD.id)
    watcher.subscribe_venue_status(SIM)
    watcher.subscribe_order_book_deltas(EURUSD.id)
    watcher.subscribe_order_book(EURUSD.id)
    watcher.subscribe_ticker(EURUSD.id)
    watcher.subscribe_quote_ticks(EURUSD.id)
    watcher.subscribe_trade_ticks(EURUSD.id)
    watcher.subscribe_bars(OUTSIDE)
    watcher.subscribe_data(DataType(Noise))
    clear = OrderBookDelta(EURUSD.id, BookAction.CLEAR, None, 0, 0, NOW, NOW)
    for item in (
        EURUSD,
        InstrumentStatusUpdate(instrument_id=EURUSD.id, action=HALT, **STAMPS),
        VenueStatusUpdate(venue=SIM, status=HALT, **STAMPS),
        OrderBookDeltas(EURUSD.id, [clear]),
        OrderBookSnapshot(EURUSD.id, BookType.L2_MBP, (), (), 0, NOW, NOW),
        Ticker(instrument_id=EURUSD.id, **STAMPS),
    ):
        desk.data.deliver(item)
    desk.quote("1.1", "1.2")
    desk.trade("1.1")
    desk.close(str(OUTSIDE), "1.1")
    watcher.publish_data(DataType(Noise), Noise())
    assert list(HANDLERS[:10]) == heard(watcher)
    kinds = [type(item) for _, item in watcher.got[6:]]
    assert [QuoteTick, TradeTick, Bar, Noise] == kinds


def test_every_subscription_can_be_undone(desk: Desk, watcher: Watcher) -> None:
    subjects: dict[str, Any] = {
        "instrument": EURUSD.id,
        "instruments": SIM,
        "instrument_status": EURUSD.id,
        "venue_status": SIM,
        "order_book_deltas": EURUSD.id,
        "order_book": EURUSD.id,
        "ticker": EURUSD.id,
        "quote_ticks": EURUSD.id,
        "trade_ticks": EURUSD.id,
        "bars": OUTSIDE,
        "data": DataType(Noise),
    }
    before = desk.bus.subscriptions()
    for name, subject in subjects.items():
        getattr(watcher, f"subscribe_{name}")(subject)
    assert len(before) + len(subjects) == len(desk.bus.subscriptions())
    for name, subject in subjects.items():
        getattr(watcher, f"unsubscribe_{name}")(subject)
    assert before == desk.bus.subscriptions()
    watcher.unsubscribe_bars(OUTSIDE)
    watcher.unsubscribe_quote_ticks(EURUSD.id)


def test_subscribing_twice_is_one(desk: Desk, watcher: Watcher) -> None:
    for _ in range(2):
        watcher.subscribe_quote_ticks(EURUSD.id)
        watcher.subscribe_bars(OUTSIDE)
    desk.quote("1.1", "1.2")
    desk.close(str(OUTSIDE), "1.1")
    assert ["on_quote_tick", "on_bar"] == heard(watcher)
    watcher.unsubscribe_quote_ticks(EURUSD.id)
    desk.quote("1.1", "1.2")
    assert 2 == len(watcher.got)


def test_an_unknown_instrument_is_missed_at_once(watcher: Watcher) -> None:
    unknown = InstrumentId("NO.SIM")
    for subscribe in (watcher.subscribe_quote_ticks, watcher.subscribe_trade_ticks):
        with pytest.raises(InstrumentNotFoundError, match=r"NO\.SIM has no definition"):
            subscribe(unknown)


def test_an_error_of_a_handler_names_the_actor_and_the_handler(desk: Desk) -> None:
    class Broken(Actor):
        def on_quote_tick(self, tick: QuoteTick) -> None:
            raise KeyError("gone")

    broken = Broken()
    desk.trader().add(broken)
    broken.start()
    broken.subscribe_quote_ticks(EURUSD.id)
    with pytest.raises(StrategyError, match=r"Broken.*on_quote_tick"):
        desk.quote("1.1", "1.2")


# -- time -----------------------------------------------------------------------------------------


def test_a_timer_without_a_callback_reaches_on_event(desk: Desk, watcher: Watcher) -> None:
    watcher.clock.set_time_alert_ns("alert", NOW + SECOND)
    desk.timeline.advance(NOW + SECOND)
    ((name, event),) = watcher.got
    assert name == "on_event"
    assert isinstance(event, TimeEvent)
    assert ("alert", NOW + SECOND) == (event.name, event.ts_event)


# -- indicators -----------------------------------------------------------------------------------


def test_indicators_warm_up_before_the_handler(desk: Desk, watcher: Watcher) -> None:
    of_bars, of_quotes, of_trades = (SimpleMovingAverage(n) for n in (2, 1, 1))
    watcher.register_indicator_for_bars(OUTSIDE, of_bars)
    watcher.register_indicator_for_quote_ticks(EURUSD.id, of_quotes)
    watcher.register_indicator_for_trade_ticks(EURUSD.id, of_trades)
    assert not watcher.indicators_initialized()
    desk.quote("1.1", "1.1")
    desk.trade("1.2")
    desk.close(str(OUTSIDE), "1.0")
    assert not watcher.indicators_initialized()
    desk.close(str(OUTSIDE), "2.0")
    assert watcher.indicators_initialized()
    assert (1.5, 1.1, 1.2) == (of_bars.value, of_quotes.value, of_trades.value)


def test_registering_an_indicator_again_feeds_it_once(desk: Desk, watcher: Watcher) -> None:
    indicator = SimpleMovingAverage(2)
    for _ in range(2):
        watcher.register_indicator_for_bars(OUTSIDE, indicator)
        watcher.register_indicator_for_quote_ticks(EURUSD.id, indicator)
        watcher.register_indicator_for_trade_ticks(EURUSD.id, indicator)
    desk.quote("1.1", "1.1")
    assert 1 == indicator.count
    desk.trade("1.1")
    desk.close(str(OUTSIDE), "1.1")
    assert 3 == indicator.count


def test_a_reset_forgets_what_indicators_learned(desk: Desk, watcher: Watcher) -> None:
    indicator = SimpleMovingAverage(1)
    watcher.register_indicator_for_quote_ticks(EURUSD.id, indicator)
    desk.quote("1.1", "1.1")
    assert indicator.initialized
    watcher.stop()
    watcher.reset()
    assert not indicator.initialized


# -- history --------------------------------------------------------------------------------------


def test_past_data_comes_to_the_handler_and_then_to_the_callback(
    desk: Desk, watcher: Watcher
) -> None:
    for second, price in enumerate(("1.1", "1.2", "1.3")):
        desk.timeline.advance(NOW + second * SECOND)
        desk.quote(price, price)
        desk.trade(price)
    desk.history = [
        *reversed(desk.cache.quote_ticks(EURUSD.id)),
        *reversed(desk.cache.trade_ticks(EURUSD.id)),
    ]
    ends: list[int] = []
    start = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=1)
    first = watcher.request_quote_ticks(EURUSD.id, start, callback=ends.append)
    second = watcher.request_trade_ticks(EURUSD.id, limit=1, callback=ends.append)
    third = watcher.request_bars(OUTSIDE)
    desk.timeline.settle()
    assert [1, 2, 3] == [first, second, third]
    assert [1, 2] == ends
    assert {"on_historical_data"} == set(heard(watcher))
    assert [Price("1.2"), Price("1.3")] == [item.bid_price for _, item in watcher.got[:2]]
    assert [Price("1.3")] == [item.price for _, item in watcher.got[2:]]


REQUESTS = {
    "request_bars": OUTSIDE,
    "request_quote_ticks": EURUSD.id,
    "request_trade_ticks": EURUSD.id,
}


@pytest.mark.parametrize("method", REQUESTS)
def test_arguments_of_requests_stand_in_the_order_that_users_know(method: str) -> None:
    expected = "start end limit client_id callback more"
    _, *rest = list(inspect.signature(getattr(Actor, method)).parameters)[1:]
    assert expected.split() == rest


@pytest.mark.parametrize("method", REQUESTS)
@pytest.mark.parametrize(
    "unread", [{"update_catalog": True}, {"params": {"a": 1}}, {"join_request": True}]
)
def test_what_nobody_reads_of_a_request_is_refused(
    watcher: Watcher, method: str, unread: dict[str, Any]
) -> None:
    (name,) = unread
    with pytest.raises(InputError, match=rf"{method}\(\) does not read {name}, was"):
        getattr(watcher, method)(REQUESTS[method], **unread)


@pytest.mark.parametrize("method", REQUESTS)
def test_a_request_goes_to_the_client_of_the_venue(watcher: Watcher, method: str) -> None:
    ask = getattr(watcher, method)
    assert 1 == ask(REQUESTS[method], None, None, 0, ClientId("SIM"), print)
    with pytest.raises(InputError, match=rf"{method}\(\): client_id IB is not the client of SIM"):
        ask(REQUESTS[method], client_id=ClientId("IB"))
