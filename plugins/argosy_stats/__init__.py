"""Statistics of a run: from its equity curve, marked to market, and from its closed positions."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    from argosy.config.parts import Register
    from argosy_stats.results import Statistic

FORMULAS = {
    "curve": {
        "pnl": "Last equity less the first, open profit included.",
        "pnl_percent": "Change of equity in percent of the first.",
        "cagr": "Yearly growth that compounds to the change of equity.",
        "volatility": "Standard deviation of returns, a year.",
        "sharpe_ratio": "Mean over standard deviation of returns, a year.",
        "sortino_ratio": "Mean over downside deviation of returns, a year.",
        "calmar_ratio": "Yearly growth over the depth of the greatest drawdown.",
        "max_drawdown": "Deepest fall of equity from its highest point before.",
        "average_return": "Mean return of a sample.",
        "average_gain": "Mean of the positive returns.",
        "average_loss": "Mean of the negative returns.",
        "risk_return_ratio": "Mean over standard deviation of returns of a sample.",
        "skewness": "Skewness of returns.",
        "kurtosis": "Excess kurtosis of returns.",
    },
    "trades": {
        "max_winner": "Greatest profit of a position.",
        "average_winner": "Mean profit of the positions that won.",
        "min_winner": "Least profit of a position that won.",
        "max_loser": "Greatest loss of a position.",
        "average_loser": "Mean loss of the positions that lost.",
        "min_loser": "Least loss of a position that lost.",
        "expectancy": "Mean profit or loss of a position that had one.",
        "win_rate": "Part of all closed positions that won.",
        "profit_factor": "Sum of all profits over the sum of all losses.",
        "long_ratio": "Part of all closed positions that a buy opened.",
    },
}
"""Module -> the statistic that each of its functions computes, in the order of reports."""


@hookimpl
def register_statistics(register: Register) -> None:
    """Offer every statistic."""
    for module, formulas in FORMULAS.items():
        for name, doc in formulas.items():
            register(name, partial(_make, module, name), doc=doc)


def _make(module: str, name: str) -> Statistic:
    from argosy_stats.results import Statistic

    return Statistic(name, getattr(import_module(f"argosy_stats.{module}"), name))
