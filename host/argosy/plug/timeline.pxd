"""Classes of argosy.kernel.timeline for compiled plugins."""

from argosy.kernel.timeline cimport Timeline, Alarm, Settler
from argosy.plug cimport abi
