"""Backtests: `BacktestEngine` by hand, `BacktestNode` for what a system file declares."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from argosy.engine.equity import EquitySampler
from argosy.engine.simulation import SimulationContext
from argosy.errors import DuplicateNameError, InputError, RunError, StrategyError
from argosy.kernel.bus import handler_error, owner_of
from argosy.kernel.clock import to_ns
from argosy.kernel.replay import ObjectSource, Replay
from argosy.kernel.stream import BATCH_ROWS, Stream
from argosy.kernel.timeline import NEVER
from argosy.model.enums import ComponentState
from argosy.model.identifiers import TraderId, Venue
from argosy.model.instruments import Instrument
from argosy.parts.sink import Sink
from argosy.run.assembly import (
    check_engine,
    check_limits,
    instruments_of,
    opened,
    streams_of,
)
from argosy.run.by_hand import choose, plan_of
from argosy.run.core import core_of
from argosy.run.feature_stream import FeatureStream
from argosy.run.feeds import add_source, declare_bars, memory_streams, past
from argosy.run.garbage import rare_collections
from argosy.run.progress import progress_bar
from argosy.run.queries import Answer, Query, check_orders
from argosy.run.receipts import receipt_tables
from argosy.run.result import RunResult
from argosy.run.sinks import SinkDesk
from argosy.strategy.actor import Actor

if TYPE_CHECKING:
    from argosy.config.parts import Choice
    from argosy.config.plan import Plan
    from argosy.engine.cache import Cache
    from argosy.engine.portfolio import Portfolio
    from argosy.modes.lookahead import Finding
    from argosy.strategy.trader import Trader

Progress = Callable[[int, int], object]


class BacktestEngineConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of a backtest made by hand; the tables are those of a system file.

    Parameters
    ----------
    name : of the run
    seed : decides ids and everything random
    bars, risk, run, plugins : the sections of these names
    """

    name: str = "backtest"
    trader_id: TraderId = TraderId("BACKTESTER-001")
    seed: int = 0
    bars: Mapping[str, Any] = msgspec.field(default_factory=dict)
    risk: Mapping[str, Any] = msgspec.field(default_factory=dict)
    run: Mapping[str, Any] = msgspec.field(default_factory=dict)
    plugins: Mapping[str, Any] = msgspec.field(default_factory=dict)

    def to_system(self) -> dict[str, Any]:
        """Return these settings as a system file would hold them."""
        tables = {
            key: dict(table)
            for key in ("bars", "risk", "run", "plugins")
            if (table := getattr(self, key))
        }
        return {"name": self.name, "trader_id": str(self.trader_id), "seed": self.seed, **tables}


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
        self.core = core_of(config, self._history)
        self.streams: list[Stream] = []
        self.objects: list[tuple[str, list[Any]]] = []
        self.answers: list[Answer] = []
        self.venues: dict[Venue, Any] = {}
        self.replay = Replay(self.core.timeline)
        self.sampler = EquitySampler(
            self.core.timeline,
            self.core.cache,
            self.core.portfolio,
            config.system.run.equity_interval_ns,
            lambda: self.replay.last,
        )
        self.sinks = SinkDesk(self.core.bus)
        self.snapshot: int | None = None
        self.run_id = new_run_id(config.system.name)
        self.failures: list[StrategyError] = []
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
        self, venue: Venue | str, simulate: Choice | None = None, **settings: Any
    ) -> None:
        """Simulate a venue.

        Parameters
        ----------
        venue : its name
        simulate : a chosen simulator; else `settings` are those of `simulate = {...}` in a system
            file, such as `oms="netting", account={"type": "cash", "balances": ["10_000 USD"]}`

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
            self.core.cache,
            self.core.execution,
            self.core.portfolio,
            self.plan.order_types,
            self.plan.system.seed,
        )
        made = choice.build(context)
        self.venues[venue] = made
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
        self.streams.append(stream)

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
        streams, objects = memory_streams(data, batch_rows)
        self.streams.extend(streams)
        self.objects.extend(objects)

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
        check_limits(self)
        declare_bars(core.data, self.streams)
        for stream in self.streams:
            if isinstance(stream, FeatureStream):
                self._add_objects(stream.place, stream, start, stream.deliver_to(core.bus))
                continue
            told = self.sinks.stream(stream) if self.sinks else stream
            add_source(core.data, self.replay, told, start)
        for place, objects in self.objects:
            self._add_objects(place, objects, start, core.data.deliver)
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
        core = self.core
        if self.plan.system.run.on_error == "stop_strategy":
            core.bus.guard(self._stop_component)
        for component in core.trader.components():
            self._guarded(component.start)
        core.timeline.settle()
        self.replay.run()
        for component in core.trader.components():
            if component.is_running:
                self._guarded(component.stop)
        core.timeline.settle()

    def _finish(
        self, started_at_ns: int, elapsed_s: float, error: BaseException | None
    ) -> RunResult:
        self.sampler.sample()
        for venue in self.venues.values():
            venue.stop()
        failures = [*self.failures, *([] if error is None else [error])]
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
        )

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except (RunError, InputError):
            raise
        except (Exception, SystemExit) as error:
            self.core.bus.fail(step, error)

    def _stop_component(self, handler: Any, error: BaseException) -> None:
        """Stop only the component that raised, and cancel its orders."""
        owner = owner_of(handler)
        if not isinstance(owner, Actor):
            raise handler_error(handler, error) from error
        if owner.state is ComponentState.FAULTED:
            return  # a handler that was under way when it failed has gone on
        failure = handler_error(handler, error)
        owner.log.error(f"stopped: {failure}")
        self.failures.append(failure)
        resting = self.cache.orders_open(strategy_id=owner.id)
        for order in [*resting, *self.cache.orders_inflight(strategy_id=owner.id)]:
            self.core.execution.cancel(order)
        owner.fault()

    def _add_objects(
        self,
        place: str,
        objects: Iterable[Any],
        start: int | None,
        deliver: Callable[[Any], object],
    ) -> None:
        first = -NEVER if start is None else start
        told = self.sinks.objects(place, objects) if self.sinks else objects
        self.replay.add(ObjectSource(told, deliver, place, first))

    def _history(self, data_type: type, key: Any, start: int | None, end: int) -> Iterator[Any]:
        if self.sinks:
            self.sinks.asked(self.streams, data_type, key, start)
        return past(self.streams, data_type, key, start, end)


class BacktestNode:
    """Run the backtest that a plan describes, and write it into the plan's catalog.

    Parameters
    ----------
    plan : a resolved system
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def check(self) -> list[str]:
        """Look at data, precisions and warm-up without running.

        Returns
        -------
        warnings

        Raises
        ------
        InputError : the system cannot run
        """
        with opened(self.plan) as (catalog, snapshot):
            engine = build_engine(self.plan, catalog, snapshot)
            check_orders(engine.answers, catalog)
            return check_engine(engine)

    def lookahead(
        self, load: Callable[[], Plan], *, after: Sequence[int] = (), cuts: int | None = None
    ) -> Iterator[Finding]:
        """Search for what depends on later data; see `argosy.modes.lookahead.search`."""
        from argosy.modes.lookahead import CUTS, search

        return search(load, after=after, cuts=cuts or CUTS)

    def run(self) -> RunResult:
        """Run to the end; the run is in the catalog afterwards, an incomplete one too.

        Raises
        ------
        StrategyError : a component raised; what came before is in the catalog
        """
        with opened(self.plan) as (catalog, snapshot):
            return self._run(catalog, snapshot)

    def _run(self, catalog: Any, snapshot: int) -> RunResult:
        engine = build_engine(self.plan, catalog, snapshot)
        self._notify("on_run_started", plan=self.plan, run_id=engine.run_id)
        rows = sum(getattr(stream, "rows", 0) for stream in engine.streams)
        try:
            with progress_bar(rows or None) as progress:
                result = engine.run(progress=progress)
        except Exception:
            if engine.has_result:
                self._write(catalog, engine, snapshot)
            raise
        self._write(catalog, engine, snapshot)
        self._notify("on_run_finished", plan=self.plan, result=result)
        return result

    def _write(self, catalog: Any, engine: BacktestEngine, snapshot: int) -> None:
        result = engine.result()
        tables = {**result.tables(), **receipt_tables(engine.answers)}
        catalog.write_run(result.row(snapshot), tables, result.event_batches())

    def _notify(self, hook: str, **arguments: Any) -> None:
        notify = getattr(self.plan.parts, "notify", None)
        if notify is not None:
            notify(hook, **arguments)


def build_engine(plan: Plan, catalog: Any, snapshot: int) -> BacktestEngine:
    """Return an engine with everything that a plan names, ready to run.

    Parameters
    ----------
    catalog, snapshot : where instruments and data come from

    Raises
    ------
    InputError : an instrument has no definition, or data are missing
    """
    engine = BacktestEngine(plan)
    engine.snapshot = snapshot
    for venue in plan.venues:
        engine.add_venue(venue.venue, venue.simulate)
    instruments = instruments_of(plan, catalog)
    for instrument in instruments:
        engine.add_instrument(instrument)
    for index, data in enumerate(plan.data):
        if data.sql is None:
            streams = streams_of(data, catalog, snapshot, plan.system.run.batch_rows)
        else:
            answer = Query(plan, index).ask(catalog, snapshot, instruments)
            engine.answers.append(answer)
            streams = answer.streams
        engine.streams.extend(streams)
    for component in plan.components:
        engine.add_actor(component.build())
    for sink in plan.sinks:
        engine.add_sink(sink.build(), sink.part.name)
    return engine


def new_run_id(name: str) -> str:
    """Return an id for a run: its name, and when it was made; results do not depend on it."""
    now_ns = time.time_ns()
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now_ns // 1_000_000_000))
    return f"{name}-{stamp}-{now_ns % 1_000_000_000 // 1_000:06d}"


def _ns(moment: Any) -> int | None:
    return moment if moment is None or isinstance(moment, int) else to_ns(moment)
