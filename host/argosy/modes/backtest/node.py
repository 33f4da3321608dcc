"""Backtests that a system file declares: read from its catalog, and written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.modes.backtest.engine import BacktestEngine
from argosy.run.assembly import instruments_of, opened, streams_of
from argosy.run.checks import check_data
from argosy.run.progress import progress_bar
from argosy.run.queries import Query, check_orders
from argosy.run.receipts import receipt_tables

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.parts.catalog import Catalog
    from argosy.run.result import RunResult


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
            return check_data(self.plan, engine.core, engine.sources.streams)

    def run(self) -> RunResult:
        """Run to the end; the run is in the catalog afterwards, an incomplete one too.

        Raises
        ------
        StrategyError : a component raised; what came before is in the catalog
        """
        with opened(self.plan) as (catalog, snapshot):
            return self._run(catalog, snapshot)

    def _run(self, catalog: Catalog, snapshot: int) -> RunResult:
        engine = build_engine(self.plan, catalog, snapshot)
        self.plan.parts.notify("on_run_started", plan=self.plan, run_id=engine.run_id)
        rows = sum(stream.rows for stream in engine.sources.streams)
        try:
            with progress_bar(rows or None) as progress:
                result = engine.run(progress=progress)
        except Exception:
            if engine.has_result:
                self._write(catalog, engine, snapshot)
            raise
        self._write(catalog, engine, snapshot)
        self.plan.parts.notify("on_run_finished", plan=self.plan, result=result)
        return result

    def _write(self, catalog: Catalog, engine: BacktestEngine, snapshot: int) -> None:
        result = engine.result()
        tables = {**result.tables(), **receipt_tables(engine.answers)}
        catalog.write_run(result.row(snapshot), tables, result.event_batches())


def build_engine(plan: Plan, catalog: Catalog, snapshot: int) -> BacktestEngine:
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
        rates_from = plan.system.venues[venue.venue].rates_from
        engine.add_venue(venue.venue, venue.simulate, rates_from=rates_from)
    instruments = instruments_of(plan, catalog)
    for instrument in instruments:
        engine.add_instrument(instrument)
    for index, data in enumerate(plan.data):
        if data.sql is None:
            streams = streams_of(data, catalog, snapshot, plan.system.run.batch_rows, plan.kinds)
        else:
            answer = Query(plan, index).ask(catalog, snapshot, instruments)
            engine.answers.append(answer)
            streams = answer.streams
        engine.sources.streams.extend(streams)
    for component in plan.components:
        engine.add_actor(component.build())
    for sink in plan.sinks:
        engine.add_sink(sink.build(), sink.part.name)
    return engine
