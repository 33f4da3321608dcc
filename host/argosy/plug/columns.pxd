"""Classes of argosy.kernel.columns for compiled plugins."""

from argosy.kernel.columns cimport Columns, QuoteColumns, TradeColumns, BarColumns, DeltaColumns
from argosy.plug cimport abi
