"""Classes of argosy.kernel.indicator for compiled plugins."""

from argosy.kernel.indicator cimport Indicator
