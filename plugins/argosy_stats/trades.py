"""Statistics of closed positions: exact money, a float only for a ratio."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import TYPE_CHECKING

from argosy.model.enums import OrderSide

if TYPE_CHECKING:
    from argosy.parts.statistic import Results

_LEAST_DECIMALS, _MORE_DECIMALS = 10, 4


def max_winner(results: Results) -> Decimal | None:
    """Return the greatest profit of a position."""
    return max(_winners(results), default=None)


def average_winner(results: Results) -> Decimal | None:
    """Return the mean profit of the positions that won."""
    return _average(_winners(results))


def min_winner(results: Results) -> Decimal | None:
    """Return the least profit of a position that won."""
    return min(_winners(results), default=None)


def max_loser(results: Results) -> Decimal | None:
    """Return the greatest loss of a position, a negative amount."""
    return min(_losers(results), default=None)


def average_loser(results: Results) -> Decimal | None:
    """Return the mean loss of the positions that lost, a negative amount."""
    return _average(_losers(results))


def min_loser(results: Results) -> Decimal | None:
    """Return the least loss of a position that lost, a negative amount."""
    return max(_losers(results), default=None)


def expectancy(results: Results) -> Decimal | None:
    """Return the mean profit or loss of the positions that had one.

    The same as average winner x share of winners + average loser x share of losers.
    """
    return _average([pnl for pnl in results.realized_pnls if pnl])


def win_rate(results: Results) -> float | None:
    """Return the part of all closed positions that won."""
    pnls = results.realized_pnls
    return len(_winners(results)) / len(pnls) if pnls else None


def profit_factor(results: Results) -> float | None:
    """Return the sum of all profits over the sum of all losses; None without a loss."""
    lost = sum(_losers(results), Decimal(0))
    return float(sum(_winners(results), Decimal(0)) / -lost) if lost else None


def long_ratio(results: Results) -> float | None:
    """Return the part of positions that were opened by a buy, to two decimals."""
    positions = results.positions
    bought = sum(position.entry is OrderSide.BUY for position in positions)
    return round(bought / len(positions), 2) if positions else None


def _winners(results: Results) -> list[Decimal]:
    return [pnl for pnl in results.realized_pnls if pnl > 0]


def _losers(results: Results) -> list[Decimal]:
    return [pnl for pnl in results.realized_pnls if pnl < 0]


def _average(amounts: Sequence[Decimal]) -> Decimal | None:
    """Return the mean, half to even: four decimals finer than the amounts, at least ten."""
    if not amounts:
        return None
    decimals = max(-int(amount.as_tuple().exponent) for amount in amounts) + _MORE_DECIMALS
    with localcontext(prec=80, rounding=ROUND_HALF_EVEN):
        mean = sum(amounts, Decimal(0)) / len(amounts)
        return mean.quantize(Decimal(1).scaleb(-max(decimals, _LEAST_DECIMALS)))
