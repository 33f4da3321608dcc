"""The formula of each statistic; imported when the first one is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from argosy.parts.statistic import Number, Results, Statistic
from argosy_stats import curve, trades


@dataclass(frozen=True)
class Formula(Statistic):
    """A named formula over results."""

    name: str
    formula: Callable[[Results], Number]

    def calculate(self, results: Results) -> Number:
        """Return the number, or None where the formula has no value for these results."""
        return self.formula(results)


FORMULAS: Mapping[str, Callable[[Results], Number]] = {
    "pnl": curve.pnl,
    "pnl_percent": curve.pnl_percent,
    "cagr": curve.cagr,
    "volatility": curve.volatility,
    "sharpe_ratio": curve.sharpe_ratio,
    "sortino_ratio": curve.sortino_ratio,
    "calmar_ratio": curve.calmar_ratio,
    "max_drawdown": curve.max_drawdown,
    "average_return": curve.average_return,
    "average_gain": curve.average_gain,
    "average_loss": curve.average_loss,
    "risk_return_ratio": curve.risk_return_ratio,
    "skewness": curve.skewness,
    "kurtosis": curve.kurtosis,
    "max_winner": trades.max_winner,
    "average_winner": trades.average_winner,
    "min_winner": trades.min_winner,
    "max_loser": trades.max_loser,
    "average_loser": trades.average_loser,
    "min_loser": trades.min_loser,
    "expectancy": trades.expectancy,
    "win_rate": trades.win_rate,
    "profit_factor": trades.profit_factor,
    "long_ratio": trades.long_ratio,
}
