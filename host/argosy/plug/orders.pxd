"""Orders as their maker and their venue keep them, for compiled plugins."""

from argosy.model.orders.intent cimport OrderIntent
from argosy.model.orders.order cimport Order
from argosy.model.orders.working cimport WorkingOrder
from argosy.plug cimport abi
