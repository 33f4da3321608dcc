"""Classes of argosy.kernel.trigger for compiled plugins."""

from argosy.kernel.trigger cimport Trigger, PriceTrigger
