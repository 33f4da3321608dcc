"""Statistics of a run: from its equity curve, marked to market, and from its closed positions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    from argosy.hookspecs import Register
    from argosy.parts.statistic import Statistic

FORMULAS = {
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
}
"""Name -> what the statistic is, in the order of reports."""


@hookimpl
def register_statistics(register: Register[Statistic, []]) -> None:
    """Offer every statistic."""
    for name, doc in FORMULAS.items():
        register(name, partial(_statistic, name), doc=doc)


def _statistic(name: str) -> Statistic:
    from argosy_stats.formulas import FORMULAS, Formula

    return Formula(name, FORMULAS[name])
