"""Classes of argosy.kernel.indicator for compiled plugins."""

from argosy.kernel.indicator cimport Indicator
from argosy.plug cimport abi
