"""The result of a run as people read it: two small tables."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich import box
from rich.markup import escape
from rich.table import Table

from argosy.strategy.component import iso_time

if TYPE_CHECKING:
    from rich.console import Console

    from argosy.run.figures import RunFigures

SHOWN = {
    "max_drawdown": ("Max drawdown", "{:.2%}"),
    "sharpe_ratio": ("Sharpe ratio", "{:.2f}"),
    "sortino_ratio": ("Sortino ratio", "{:.2f}"),
    "cagr": ("Growth a year", "{:.2%}"),
    "win_rate": ("Win rate", "{:.1%}"),
    "profit_factor": ("Profit factor", "{:.2f}"),
}


def print_result(result: RunFigures, console: Console) -> None:
    """Print what a run came to."""
    system = result.plan.system
    state = "" if result.is_complete else " [bold red]incomplete[/]"
    title = f"{system.name} ({result.plan.mode}){state}"
    table = Table(title=title, box=box.SIMPLE, show_header=False)
    table.add_column("")
    table.add_column("", justify="right")
    for name, value in _run_rows(result):
        table.add_row(name, value)
    for venue in result.curves:
        for name, value in _account_rows(result, str(venue)):
            table.add_row(name, value)
    console.print(table)
    if result.error is not None:
        console.print(f"[bold red]incomplete:[/] {escape(result.error)}", soft_wrap=True)


def _run_rows(result: RunFigures) -> list[tuple[str, str]]:
    rate = result.rows / result.elapsed_s if result.elapsed_s else 0
    rows = [
        ("Run", result.run_id),
        ("From", iso_time(result.start_ns)[:19]),
        ("To", iso_time(result.end_ns)[:19]),
        ("Data", f"{result.rows:,} rows in {result.elapsed_s:.2f} s ({rate:,.0f} a second)"),
        ("Orders", f"{result.orders:,}"),
        ("Fills", f"{result.fills:,}"),
        ("Positions", f"{result.positions:,}"),
    ]
    rows += [(f"Realised PnL {code}", f"{Decimal(sum_):,}") for code, sum_ in result.pnl.items()]
    rows += [(f"Left out of {place}", f"{n:,} rows") for place, n in result.left_out.items()]
    if result.stale_marks:
        rows.append(("Stale marks", f"{sum(result.stale_marks.values()):,}"))
    rows.append(("Event log", result.event_log_hash[:16]))
    return rows


def _account_rows(result: RunFigures, venue: str) -> list[tuple[str, str]]:
    rows = [
        (f"{venue} balance {code}", f"{Decimal(total):,}")
        for code, total in result.balances.get(venue, {}).items()
    ]
    statistics: dict[str, Any] = result.statistics.get(venue, {})
    if "error" in statistics:
        return [*rows, (f"{venue} equity", statistics["error"])]
    curve = next(curve for name, curve in result.curves.items() if str(name) == venue)
    if curve.amounts:
        change = curve.amounts[-1] - curve.amounts[0]
        rows.append((f"{venue} equity change {curve.currency.code}", f"{change:+,}"))
    for name, (label, style) in SHOWN.items():
        value = statistics.get(name)
        if value is not None:
            rows.append((f"{venue} {label.lower()}", style.format(value)))
    return rows
