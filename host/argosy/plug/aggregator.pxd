"""Classes of argosy.kernel.aggregator for compiled plugins."""

from argosy.kernel.aggregator cimport Aggregator, BarSink
from argosy.plug cimport abi
