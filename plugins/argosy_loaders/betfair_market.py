"""One market of Betfair: its runners, their books and trades, and what state they are in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from argosy.config.values import parse_time
from argosy.errors import ArgosyError, DataError
from argosy.model.data import (
    F_LAST,
    F_MBP,
    F_SNAPSHOT,
    IS_QUOTING,
    IS_TRADING,
    InstrumentStatusUpdate,
    OrderBookDelta,
    TradeTick,
)
from argosy.model.enums import AggressorSide, BookAction, MarketStatusAction, OrderSide
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import BettingInstrument
from argosy.model.instruments.betting import betting_instrument_id
from argosy.parts.loader import Rows
from argosy_loaders.batches import market_batch
from argosy_loaders.betfair_messages import (
    MarketChange,
    MarketDefinition,
    RunnerChange,
    RunnerDefinition,
)
from argosy_loaders.betfair_settings import BetfairSettings

DIGITS = (2, 2)
"""Decimals of odds and of stakes."""

CHUNK_ROWS = 16_384
_LARGEST = 10**18

_ACTIONS = {
    "INACTIVE": MarketStatusAction.NOT_AVAILABLE_FOR_TRADING,
    "OPEN": MarketStatusAction.TRADING,
    "SUSPENDED": MarketStatusAction.PAUSE,
    "CLOSED": MarketStatusAction.CLOSE,
}
_OUT = {"REMOVED", "REMOVED_VACANT", "HIDDEN"}
"""States of a runner that takes no part any more."""

_DELTA = ("ts", "action", "side", "price", "size", "flags", "row")
_TRADE = ("ts", "price", "size", "row")


@dataclass(slots=True)
class _Runner:
    """What is known of one runner.

    Parameters
    ----------
    traded : all that was traded, by price
    state : market status, in play, own status, starting price: what an update tells
    """

    key: InstrumentId
    deltas: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in _DELTA})
    trades: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in _TRADE})
    traded: dict[int, int] = field(default_factory=dict)
    count: int = 0
    state: tuple[Any, ...] = ()
    bsp: Decimal | None = None


class Market:
    """Turn the changes of one market into rows."""

    def __init__(self, path: Path, market_id: str, settings: BetfairSettings) -> None:
        self.path = path
        self.market_id = market_id
        self.settings = settings
        self._runners: dict[tuple[int, Decimal], _Runner] = {}

    def take(self, change: MarketChange, ts: int, line: int) -> Iterator[Any]:
        """Yield what one message brings, and rows once there are many.

        Parameters
        ----------
        ts : when the message was published, ns
        line : of the file
        """
        if change.definition is not None:
            yield from self._define(change.definition, ts, line)
        seen: dict[InstrumentId, _Runner] = {}
        if change.img:
            for runner in self._runners.values():
                self._clear(runner, ts, line)
                seen[runner.key] = runner
        for each in change.rc:
            found = self._runners.get((each.id, each.hc))
            if found is None:
                raise self._error(f"runner {each.id} is in no market definition", line)
            self._change(found, each, ts, line, is_image=change.img)
            seen[found.key] = found
        for runner in seen.values():
            flags = runner.deltas["flags"]
            if flags and runner.deltas["row"][-1] == line:
                flags[-1] |= F_LAST
            if len(flags) >= CHUNK_ROWS or len(runner.trades["ts"]) >= CHUNK_ROWS:
                yield from self._flush(runner)

    def finish(self) -> Iterator[Rows]:
        """Yield the rows that are left."""
        for runner in self._runners.values():
            yield from self._flush(runner)

    def _define(self, definition: MarketDefinition, ts: int, line: int) -> Iterator[Any]:
        for each in definition.runners:
            runner = self._runners.get((each.id, each.hc))
            if runner is None:
                instrument = self._instrument(definition, each, ts, line)
                runner = self._runners[each.id, each.hc] = _Runner(instrument.id)
                yield instrument
            if each.bsp is not None and each.bsp.is_finite() and each.bsp != runner.bsp:
                runner.bsp = each.bsp
                yield self._status(runner, MarketStatusAction.CROSS, f"BSP {each.bsp}", ts)
            state = (definition.status, definition.in_play, definition.bet_delay, each.status)
            if state != runner.state:
                runner.state = state
                action = _ACTIONS.get(definition.status)
                if action is None:
                    raise self._error(f"there is no market status {definition.status!r}", line)
                if each.status in _OUT:
                    action = MarketStatusAction.CLOSE
                yield self._status(runner, action, _reason(definition, each, action), ts)

    def _instrument(
        self, definition: MarketDefinition, runner: RunnerDefinition, ts: int, line: int
    ) -> BettingInstrument:
        handicap = f"{runner.hc.normalize():f}"
        try:
            return BettingInstrument(
                id=betting_instrument_id(self.settings.venue, self.market_id, runner.id, handicap),
                quote_currency=self.settings.currency,
                event_type_id=int(definition.event_type_id),
                event_type_name="",
                competition_id=0,
                competition_name="",
                event_id=int(definition.event_id),
                event_name=definition.event_name,
                event_country_code=definition.country_code,
                event_open_ns=parse_time(definition.open_date or definition.market_time),
                betting_type=definition.betting_type,
                market_id=self.market_id,
                market_name=definition.name,
                market_type=definition.market_type,
                market_start_ns=parse_time(definition.market_time),
                selection_id=runner.id,
                selection_name=runner.name or str(runner.id),
                handicap=handicap,
                ts_event=ts,
                ts_init=ts,
            )
        except (ArgosyError, ValueError) as error:
            raise self._error(f"runner {runner.id} cannot be defined ({error})", line) from error

    def _status(
        self, runner: _Runner, action: MarketStatusAction, reason: str | None, ts: int
    ) -> InstrumentStatusUpdate:
        is_open = action is MarketStatusAction.TRADING
        return InstrumentStatusUpdate(
            instrument_id=runner.key,
            action=action,
            reason=reason,
            flags=IS_TRADING | IS_QUOTING if is_open else 0,
            ts_event=ts,
            ts_init=ts,
        )

    def _clear(self, runner: _Runner, ts: int, line: int) -> None:
        flags = F_MBP | F_SNAPSHOT
        _append(runner.deltas, ts, BookAction.CLEAR.code, 0, 0, 0, flags, line)

    def _change(
        self, runner: _Runner, change: RunnerChange, ts: int, line: int, *, is_image: bool
    ) -> None:
        flags = F_MBP | (F_SNAPSHOT if is_image else 0)
        set_level = BookAction.ADD if is_image else BookAction.UPDATE
        for side, levels in ((OrderSide.BUY, change.atb), (OrderSide.SELL, change.atl)):
            for level in levels:
                price, size = (self._raw(number, line) for number in level)
                action = set_level if size else BookAction.DELETE
                _append(runner.deltas, ts, action.code, side.code, price, size, flags, line)
        if is_image:
            runner.traded.clear()
        for level in change.trd:
            price, size = (self._raw(number, line) for number in level)
            grown = size - runner.traded.get(price, 0)
            runner.traded[price] = size
            if grown > 0 and not is_image:  # what an image tells was traded before
                _append(runner.trades, ts, price, grown, line)

    def _flush(self, runner: _Runner) -> Iterator[Rows]:
        deltas, trades = runner.deltas, runner.trades
        if deltas["ts"]:
            count = len(deltas["ts"])
            columns = _arrays(deltas)
            columns |= {name: np.zeros(count, np.uint64) for name in ("order_id", "sequence")}
            yield self._rows(OrderBookDelta, runner, columns)
            runner.deltas = {name: [] for name in _DELTA}
        if trades["ts"]:
            count = len(trades["ts"])
            columns = _arrays(trades)
            columns["aggressor_side"] = np.full(count, AggressorSide.NO_AGGRESSOR.code)
            numbers = range(runner.count + 1, runner.count + count + 1)
            yield self._rows(TradeTick, runner, {**columns, "trade_id": list(map(str, numbers))})
            runner.count += count
            runner.trades = {name: [] for name in _TRADE}

    def _rows(self, data_type: type, runner: _Runner, columns: dict[str, Any]) -> Rows:
        lines = columns["row"]
        batch = market_batch(data_type, runner.key, DIGITS, columns)
        return Rows(batch, lambda row: f"{self.path}:{lines[row]}")

    def _raw(self, number: Decimal, line: int) -> int:
        """Return odds or a stake in hundredths."""
        if not number.is_finite() or number < 0:
            raise self._error(f"{number} is no price and no size", line)
        if number >= _LARGEST:
            raise self._error(f"{number} has more than 18 digits", line)
        raw = int(number * 100)
        if raw != number * 100:
            raise self._error(f"{number} has more than two decimals", line)
        return raw

    def _error(self, message: str, line: int) -> DataError:
        cure = "Get the file again: it is damaged, or begins in the middle"
        return DataError(message, place=f"{self.path}:{line}", cure=cure)


def _append(columns: dict[str, list[int]], *values: int) -> None:
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)


def _arrays(columns: dict[str, list[int]]) -> dict[str, Any]:
    arrays: dict[str, Any] = {name: np.array(each, np.int64) for name, each in columns.items()}
    times = arrays.pop("ts")
    return {**arrays, "ts_event": times, "ts_init": times}


def _reason(
    definition: MarketDefinition, runner: RunnerDefinition, action: MarketStatusAction
) -> str | None:
    if action is MarketStatusAction.CLOSE:
        return runner.status
    return f"in play, bet delay {definition.bet_delay} s" if definition.in_play else None
