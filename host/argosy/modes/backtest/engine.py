"""The backtest itself: `BacktestEngine`, which a node fills from a plan, and users by hand."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from argosy.engine.equity import EquitySampler
from argosy.errors import DuplicateNameError, InputError, RunError
from argosy.kernel.clock import to_ns
from argosy.kernel.replay import Replay
from argosy.kernel.stream import BATCH_ROWS, Stream
from argosy.kernel.timeline import NEVER
from argosy.model.identifiers import Venue
from argosy.model.instruments import Instrument
from argosy.modes.backtest.config import BacktestEngineConfig
from argosy.parts.simulator import SimulationContext
from argosy.parts.sink import Sink
from argosy.run.by_hand import choose, plan_of
from argosy.run.checks import check_limits
from argosy.run.core import core_of
from argosy.run.garbage import rare_collections
from argosy.run.ids import new_run_id
from argosy.run.queries import Answer
from argosy.run.result import RunResult
from argosy.run.sinks import SinkDesk
from argosy.run.sources import Sources
from argosy.run.supervision import Supervision
from argosy.strategy.actor import Actor

if TYPE_CHECKING:
    from argosy.config.choice import Choice
    from argosy.config.plan import Plan
    from argosy.engine.cache import Cache
    from argosy.engine.portfolio import Portfolio
    from argosy.strategy.trader import Trader

Progress = Callable[[int, int], object]


class BacktestEngine:
    """Run strategies over historical data against simulated venues.

    Add venues, then instruments, data and strategies, then `run`. The result of equal inputs is
    equal, event for event.

    Parameters
    ----------
    config : settings, or a resolved plan; the usual settings where None
    """

    def __init__(self, config: BacktestEngineConfig | Plan | None = None) -> None:
        if config is None or isinstance(config, BacktestEngineConfig):
            config = plan_of((config or BacktestEngineConfig()).to_system())
        self.plan: Plan = config
        self.sinks = SinkDesk()
        self.sources = Sources(self.sinks, self.plan.kinds)
        self.core = core_of(config, self.sources.history)
        self.answers: list[Answer] = []
        self.venues: dict[Venue, Any] = {}
        self.replay = Replay(self.core.timeline)
        self.sampler = EquitySampler(
            self.core.timeline,
            self.core.bus,
            self.core.cache,
            self.core.portfolio,
            config.system.run.equity_interval_ns,
            lambda: self.replay.last,
        )
        self.snapshot: int | None = None
        self.run_id = new_run_id(config.system.name)
        self.supervision = Supervision(
            self.core, stops_one=config.system.run.on_error == "stop_strategy"
        )
        self._begin_ns = 0
        self._has_run = False
        self._result: RunResult | None = None

    # -- what a run is made of --------------------------------------------------------------------

    @property
    def trader(self) -> Trader:
        """The components of the run."""
        return self.core.trader

    @property
    def cache(self) -> Cache:
        """What the run knows."""
        return self.core.cache

    @property
    def portfolio(self) -> Portfolio:
        """What the run holds."""
        return self.core.portfolio

    def add_venue(
        self,
        venue: Venue | str,
        simulate: Choice | None = None,
        *,
        rates_from: Sequence[Venue | str] = (),
        **settings: Any,
    ) -> None:
        """Simulate a venue.

        Parameters
        ----------
        venue : its name
        simulate : a chosen simulator; else `settings` are those of `simulate = {...}` in a system
            file, such as `oms="netting", account={"type": "cash", "balances": ["10_000 USD"]}`
        rates_from : other venues, whose pairs say what a currency is worth where no pair here does

        Raises
        ------
        DuplicateNameError : the venue was added before
        SystemFileError : a setting is wrong
        """
        venue = Venue(venue)
        if venue in self.venues:
            raise DuplicateNameError(f"venue {venue} was added before")
        table = {"use": "sim", **settings}
        choice = simulate or choose(self.plan, "simulators", table, f"venue {venue}")
        context = SimulationContext(
            venue,
            self.core.timeline,
            partial(self.core.cache.get_xrate, venue),
            self.plan.order_types,
            self.plan.system.seed,
        )
        made = choice.build(context)
        self.venues[venue] = made
        self.core.cache.rates.allow(venue, [Venue(each) for each in rates_from])
        self.core.add_simulated(venue, made)

    def add_instrument(self, instrument: Instrument) -> None:
        """Trade an instrument on its venue, which was added before."""
        venue = self.venues.get(instrument.id.venue)
        if venue is None:
            known = ", ".join(self.venues) or "none"
            raise InputError(
                f"instrument {instrument.id}: venue {instrument.id.venue} was not added",
                cure=f"Call add_venue first; venues so far: {known}",
            )
        market = self.core.data.add_instrument(instrument)
        if market.matcher is None:
            market.set_matcher(venue.add_instrument(instrument))

    def add_stream(self, stream: Stream) -> None:
        """Replay a stream after those added before it, where times are equal."""
        self.sources.streams.append(stream)

    def add_data(self, data: Any, *, batch_rows: int = BATCH_ROWS) -> None:
        """Replay data: objects, or Arrow rows in the schema of their type.

        Parameters
        ----------
        data : market data or custom objects in the order of `ts_init`; or a Table or RecordBatch
        batch_rows : rows read at a time; the result does not depend on it

        Raises
        ------
        DataError : malformed, unsorted, or not of the instrument's precision
        """
        self.sources.add(data, batch_rows=batch_rows)

    def add_strategy(self, strategy: Actor) -> None:
        """Add a strategy."""
        self.trader.add(strategy)

    def add_strategies(self, strategies: Sequence[Actor]) -> None:
        """Add strategies, in order."""
        for strategy in strategies:
            self.add_strategy(strategy)

    def add_actor(self, actor: Actor) -> None:
        """Add an actor."""
        self.trader.add(actor)

    def add_sink(self, sink: Sink, name: str | None = None) -> None:
        """Tell a sink what happens; errors call it by its name, else by its class."""
        self.sinks.add(name or type(sink).__name__, sink)

    # -- running ----------------------------------------------------------------------------------

    def run(
        self,
        start: Any = None,
        end: Any = None,
        *,
        progress: Progress | None = None,
    ) -> RunResult:
        """Run from the first datum to the last, or over a part of it.

        Parameters
        ----------
        start, end : ns since the epoch or datetimes, inclusive; the system's where None
        progress : called with (time in ns, rows so far) now and then

        Raises
        ------
        StrategyError : a component raised; `result()` is what came before, marked incomplete
        RunError : the engine has run already
        """
        if self._has_run:
            raise RunError("this engine has run already: make a new one for the next run")
        self._has_run = True
        started_at_ns = time.time_ns()
        started = time.perf_counter()
        error: BaseException | None = None
        self._prepare(_ns(start), _ns(end), progress)
        try:
            with rare_collections():
                self._go()
            self.sinks.end(self.core.timeline.now)
        except BaseException as raised:
            error = raised
            self.sinks.end(self.core.timeline.now, raised)
            raise
        finally:
            elapsed_s = time.perf_counter() - started
            self._result = self._finish(started_at_ns, elapsed_s, error)
        return self._result

    @property
    def has_result(self) -> bool:
        """Whether the run began, so that there is a result, complete or not."""
        return self._result is not None

    def result(self) -> RunResult:
        """Return the result of the run, complete or not."""
        if self._result is None:
            raise RunError("there is no result before the run")
        return self._result

    def _prepare(self, start: int | None, end: int | None, progress: Progress | None) -> None:
        run = self.plan.system.run
        start = run.start if start is None else start
        end = run.end if end is None else end
        core = self.core
        self.replay = Replay(core.timeline, progress)
        check_limits(self.plan, core, self.sources.objects)
        self.sources.feed(core, self.replay, start)
        first = self.replay.first()
        if first is None and end is None:
            raise InputError(
                "there is no data, and no end either", cure="Add data, or give the run an end"
            )
        self._begin_ns = begin = start if start is not None else (first if first is not None else 0)
        core.timeline.start(begin, NEVER if end is None else end)
        core.data.start()
        for venue in self.venues.values():
            venue.start()
        self.sampler.start(list(self.venues))
        if self.sinks:
            self.sinks.begin(self.plan, core, self.run_id, self.snapshot, begin)

    def _go(self) -> None:
        self.supervision.start()
        self.replay.run()
        self.supervision.stop()

    def _finish(
        self, started_at_ns: int, elapsed_s: float, error: BaseException | None
    ) -> RunResult:
        self.sampler.sample()
        for venue in self.venues.values():
            venue.stop()
        failures = [*self.supervision.failures, *([] if error is None else [error])]
        return RunResult(
            run_id=self.run_id,
            plan=self.plan,
            cache=self.core.cache,
            log=self.core.log,
            curves=self.sampler.curves,
            states=self.core.accounting.states,
            start_ns=self._begin_ns,
            end_ns=self.core.timeline.now,
            started_at_ns=started_at_ns,
            elapsed_s=elapsed_s,
            rows=self.replay.rows,
            error="; ".join(str(each) or type(each).__name__ for each in failures) or None,
            simulation={str(venue): made.report() for venue, made in self.venues.items()},
            stale_marks={
                str(key): count for key, count in self.sampler.stale.counts.items() if count
            },
            left_out=self._left_out(),
        )

    def _left_out(self) -> dict[str, int]:
        """Return how many rows of each source were none."""
        found: Counter[str] = Counter()
        for source in self.replay.sources:
            found[source.place] += source.left_out
        return {place: count for place, count in found.items() if count}


def _ns(moment: Any) -> int | None:
    return moment if moment is None or isinstance(moment, int) else to_ns(moment)
