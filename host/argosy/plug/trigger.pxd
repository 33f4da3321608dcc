"""Classes of argosy.kernel.trigger for compiled plugins."""

from argosy.kernel.trigger cimport Trigger, PriceTrigger
from argosy.plug cimport abi
