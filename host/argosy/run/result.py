"""What a run came to: figures for people, JSON for programs, tables for the catalog."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from argosy.engine import reports
from argosy.engine.equity import Curve
from argosy.run.figures import RunFigures

if TYPE_CHECKING:
    from rich.console import Console

DISTRIBUTIONS = ("argosy", "duckdb", "pyarrow", "msgspec", "pydantic")
EVENTS_A_BATCH = 65_536


@dataclass(frozen=True)
class RunResult(RunFigures):
    """A finished run, in the forms in which people, programs and catalogs take it."""

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain JSON values."""
        return {
            "run_id": self.run_id,
            "name": self.plan.system.name,
            "mode": self.plan.mode,
            "is_complete": self.is_complete,
            "error": self.error,
            "event_log_hash": self.event_log_hash,
            "events": self.log.count,
            "rows": self.rows,
            "orders": self.orders,
            "fills": self.fills,
            "positions": self.positions,
            "balances": self.balances,
            "pnl": self.pnl,
            "equity": {str(venue): _ends(curve) for venue, curve in self.curves.items()},
            "statistics": _plain(self.statistics),
            "simulation": _plain(self.simulation),
            "stale_marks": dict(self.stale_marks),
            "left_out": dict(self.left_out),
            "elapsed_s": round(self.elapsed_s, 6),
        }

    def to_json(self) -> str:
        """Return the figures as one JSON object."""
        return json.dumps(self.to_dict())

    def print(self, console: Console) -> None:
        """Print the figures as tables."""
        from argosy.run.tables import print_result

        print_result(self, console)

    def tables(self) -> dict[str, Any]:
        """Return orders, fills, positions, accounts and equity as Arrow tables."""
        accounts = {venue: self.cache.account_for_venue(venue) for venue in self.curves}
        curves = {
            account.id: self.curves[venue]
            for venue, account in accounts.items()
            if account is not None
        }
        return {
            "orders": reports.orders_table(self.cache),
            "fills": reports.fills_table(self.cache),
            "positions": reports.positions_table(self.cache),
            "accounts": reports.accounts_table(self.states),
            "equity": reports.equity_table(curves),
        }

    def row(self, snapshot: int) -> dict[str, Any]:
        """Return the run itself as a row of the catalog's `runs`.

        Parameters
        ----------
        snapshot : of the catalog that the data was read at
        """
        return {
            "run_id": self.run_id,
            "name": self.plan.system.name,
            "mode": self.plan.mode,
            "trader_id": str(self.plan.system.trader_id),
            "started_at": self.started_at_ns,
            "finished_at": self.started_at_ns + int(self.elapsed_s * 1e9),
            "start_time": self.start_ns,
            "end_time": self.end_ns,
            "seed": self.plan.system.seed,
            "snapshot": snapshot,
            "is_complete": self.is_complete,
            "error": self.error,
            "events": self.log.count,
            "event_log_hash": self.event_log_hash,
            "settings": self.plan.to_dict(),
            "versions": versions(),
            "statistics": _plain(self.statistics),
        }

    def event_batches(self) -> Iterator[Any]:
        """Yield the event log as Arrow rows: seq, ts, type, payload."""
        import pyarrow as pa

        rows: list[tuple[int, int, str, bytes]] = []
        kind = pa.schema(
            [
                ("seq", pa.int64()),
                ("ts", pa.timestamp("ns")),
                ("type", pa.string()),
                ("payload", pa.binary()),
            ]
        )
        for row in self.log.rows():
            rows.append(row)
            if len(rows) == EVENTS_A_BATCH:
                yield pa.table([list(column) for column in zip(*rows, strict=True)], schema=kind)
                rows.clear()
        if rows:
            yield pa.table([list(column) for column in zip(*rows, strict=True)], schema=kind)


def versions() -> dict[str, str]:
    """Return the versions of what a result depends on."""
    found = {name: version(name) for name in DISTRIBUTIONS}
    return {"python": platform.python_version(), **found}


def _ends(curve: Curve) -> dict[str, Any]:
    if curve.error is not None or not curve.amounts:
        return {"currency": curve.currency.code, "error": curve.error}
    first, last = curve.amounts[0], curve.amounts[-1]
    return {
        "currency": curve.currency.code,
        "start": str(first),
        "end": str(last),
        "change": str(last - first),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value
