"""Macros that quants reach for, stored in the lake: any DuckDB that attaches it has them.

Prices and money are DECIMAL(38, 18) or exact to one digit more; only ratios are DOUBLE.
"""

from argosy_catalog.macros.macro import NANOSECONDS, Macro
from argosy_catalog.macros.market import MARKET
from argosy_catalog.macros.prices import PRICES
from argosy_catalog.macros.runs import RUNS

__all__ = ["MACROS", "NANOSECONDS", "Macro"]

MACROS = (*PRICES, *MARKET, *RUNS)
"""Every macro; those that others use come first."""
