"""The messages that compiled code reads most, for compiled plugins."""

from argosy.model.events.layout cimport OrderInitialized
from argosy.model.messages cimport SubmitOrder
from argosy.plug cimport abi
