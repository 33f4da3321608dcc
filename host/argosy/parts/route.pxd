"""C surface of routes."""

from argosy.kernel.bus cimport Topic
from argosy.kernel.market cimport MarketState
from argosy.model.accounts.account cimport Account
from argosy.model.accounts.stake cimport Stake
from argosy.model.terms cimport Terms
from argosy.parts.client cimport ExecutionClient


cdef class Route:
    cdef readonly object instrument_id      # whose orders it is for
    cdef readonly ExecutionClient client    # or None, as all below
    cdef readonly MarketState market
    cdef readonly object instrument
    cdef readonly Terms terms
    cdef readonly Account account           # the host's
    cdef readonly Stake stake               # of the instrument in that account
    cdef readonly Topic account_topic
