"""Actors: components that get data and tell the time, and do not trade.

Override the `on_` methods that you need. Data reaches a handler only after it was subscribed to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Unpack

from argosy.engine.requests import HistoryRequest
from argosy.kernel.bus import MessageBus
from argosy.kernel.clock import Clock, TimeEvent
from argosy.kernel.indicator import Indicator
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, QuoteTick, TradeTick
from argosy.model.enums import ComponentState
from argosy.model.identifiers import ComponentId, InstrumentId
from argosy.strategy.component import ComponentLog
from argosy.strategy.config import ActorConfig
from argosy.strategy.subscriber import Callback, Subscriber
from argosy.strategy.unread import Unread, check_asked

if TYPE_CHECKING:
    from datetime import datetime

    from argosy.engine.cache import Cache
    from argosy.engine.portfolio import Portfolio
    from argosy.model.identifiers import ClientId
    from argosy.strategy.floor import TradingFloor


class Actor(Subscriber):
    """Get data, tell the time, publish.

    Parameters
    ----------
    config : its settings; `self.config` is what was given
    """

    component_kind = "actor"
    config_class: type[Any] = ActorConfig  # where `__init__` is not annotated with one

    clock: Clock
    cache: Cache
    portfolio: Portfolio
    msgbus: MessageBus
    log: ComponentLog

    def __init__(self, config: Any = None) -> None:
        super().__init__()
        self.config: Any = config if config is not None else ActorConfig()
        named = getattr(self.config, "component_id", None)
        self.id: Any = ComponentId(named or type(self).__name__)
        self._warnings: Sequence[str] = ()
        self._indicators: list[Indicator] = []

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id})"

    # -- handlers: override what you need ---------------------------------------------------------

    def on_start(self) -> None:
        """Act when the component is started: subscribe, set timers."""

    def on_stop(self) -> None:
        """Act when the component is stopped."""

    def on_resume(self) -> None:
        """Act when the component is resumed after a stop."""

    def on_reset(self) -> None:
        """Forget everything that was learned, as before the first start."""

    def on_dispose(self) -> None:
        """Release what the component holds."""

    def on_degrade(self) -> None:
        """Act when the component goes on with less."""

    def on_fault(self) -> None:
        """Act when the component has failed."""

    def on_save(self) -> dict[str, bytes]:
        """Return the state to keep for a later run."""
        return {}

    def on_load(self, state: dict[str, bytes]) -> None:
        """Take the state that an earlier run kept."""

    def on_historical_data(self, data: Any) -> None:
        """Take one object that answers a request."""

    def on_event(self, event: Any) -> None:
        """Take any event that no other handler took."""

    # -- life -------------------------------------------------------------------------------------

    def register(self, floor: TradingFloor, clock: Clock, warnings: Sequence[str] = ()) -> None:
        """Connect the component with a run; the trader calls this, and tells what is odd in it."""
        self._move("register")
        self._floor = floor
        self._warnings = warnings
        self.clock = clock
        self.cache = floor.cache
        self.portfolio = floor.portfolio
        self.msgbus = floor.bus
        self.log = ComponentLog(str(self.id), clock)

    def start(self) -> None:
        """Start: `on_start` is called."""
        self._move("start")
        for each in self._warnings:
            self.log.warning(each)
        self._listen()
        self.on_start()
        if self._state is ComponentState.FAULTED:
            self._release()  # what was subscribed to after the failure

    def stop(self) -> None:
        """Stop: `on_stop` is called, then timers and subscriptions end."""
        self._move("stop")
        self.on_stop()
        self._release()

    def resume(self) -> None:
        """Go on after a stop; `on_resume` subscribes again."""
        self._move("resume")
        self._listen()
        self.on_resume()

    def reset(self) -> None:
        """Return to the state before the first start."""
        self._move("reset")
        self._release()
        for indicator in self._indicators:
            indicator.reset()
        self.on_reset()

    def dispose(self) -> None:
        """End for good."""
        self._move("dispose")
        self.on_dispose()

    def degrade(self) -> None:
        """Go on with less."""
        self._move("degrade")
        self.on_degrade()

    def fault(self) -> None:
        """Fail: no handler is called any more."""
        self._move("fault")
        self._release()
        self.on_fault()

    # -- indicators -------------------------------------------------------------------------------

    def register_indicator_for_bars(self, bar_type: BarType, indicator: Indicator) -> None:
        """Update an indicator with every bar of a type, before `on_bar` is called.

        It goes on while the component is stopped; registering it again changes nothing.
        """
        self._keep(indicator)
        self.floor.data.add_bar_indicator(bar_type, indicator)

    def register_indicator_for_quote_ticks(
        self, instrument_id: InstrumentId, indicator: Indicator
    ) -> None:
        """Update an indicator with every quote, before `on_quote_tick` is called."""
        self._keep(indicator)
        self.floor.data.add_quote_indicator(instrument_id, indicator)

    def register_indicator_for_trade_ticks(
        self, instrument_id: InstrumentId, indicator: Indicator
    ) -> None:
        """Update an indicator with every trade, before `on_trade_tick` is called."""
        self._keep(indicator)
        self.floor.data.add_trade_indicator(instrument_id, indicator)

    def indicators_initialized(self) -> bool:
        """Return whether every registered indicator is warmed up."""
        return all(indicator.initialized for indicator in self._indicators)

    # -- history ----------------------------------------------------------------------------------

    def request_bars(
        self,
        bar_type: BarType,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 0,
        client_id: ClientId | None = None,
        callback: Callback | None = None,
        **more: Unpack[Unread],
    ) -> int:
        """Ask for past bars; each comes to `on_historical_data`, then `callback(request_id)`.

        Parameters
        ----------
        client_id : who is asked: the client of a venue has the venue's name

        Returns
        -------
        the id of the request
        """
        check_asked("request_bars", client_id, bar_type.instrument_id.venue, **more)
        return self._request(Bar, bar_type, start, end, limit, callback)

    def request_quote_ticks(
        self,
        instrument_id: InstrumentId,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 0,
        client_id: ClientId | None = None,
        callback: Callback | None = None,
        **more: Unpack[Unread],
    ) -> int:
        """Ask for past quotes, as `request_bars`."""
        check_asked("request_quote_ticks", client_id, instrument_id.venue, **more)
        return self._request(QuoteTick, instrument_id, start, end, limit, callback)

    def request_trade_ticks(
        self,
        instrument_id: InstrumentId,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 0,
        client_id: ClientId | None = None,
        callback: Callback | None = None,
        **more: Unpack[Unread],
    ) -> int:
        """Ask for past trades, as `request_bars`."""
        check_asked("request_trade_ticks", client_id, instrument_id.venue, **more)
        return self._request(TradeTick, instrument_id, start, end, limit, callback)

    def on_time_event(self, event: TimeEvent) -> None:
        """Take a timer's event that no callback was given for."""
        self.on_event(event)

    def _request(
        self,
        data_type: type,
        key: Any,
        start: datetime | None,
        end: datetime | None,
        limit: int,
        callback: Callback | None,
    ) -> int:
        request = HistoryRequest(
            data_type, key, start, end, limit, self.on_historical_data, callback
        )
        return self.floor.requests.add(request)

    def _keep(self, indicator: Indicator) -> None:
        if indicator not in self._indicators:
            self._indicators.append(indicator)

    def _listen(self) -> None:
        """Subscribe to what it hears of without asking: nothing."""

    def _release(self) -> None:
        """End every subscription and timer."""
        super()._release()
        self.clock.cancel_timers()
