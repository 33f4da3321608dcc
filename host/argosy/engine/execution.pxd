"""C surface of the execution engine: what an order and a fill pass through."""

cimport cython

from argosy.engine.accounting cimport Accounting
from argosy.engine.cache cimport Cache
from argosy.engine.positions cimport PositionBook
from argosy.engine.risk cimport RiskEngine
from argosy.kernel.bus cimport MessageBus, Topic, TopicFamily
from argosy.kernel.client cimport ExecutionClient
from argosy.kernel.timeline cimport Timeline
from argosy.model.events.ids cimport EventIds
from argosy.model.events.layout cimport OrderFilled, OrderSubmitted
from argosy.model.orders.order cimport Order
from argosy.serialization.eventlog cimport EventLog

cdef object _NO_TRIGGER


@cython.final
cdef class ExecutionEngine:
    cdef readonly Timeline timeline
    cdef readonly MessageBus bus
    cdef readonly Cache cache
    cdef readonly EventLog log
    cdef readonly EventIds event_ids
    cdef readonly object trader_id
    cdef readonly RiskEngine risk
    cdef readonly Accounting accounting
    cdef readonly PositionBook positions
    cdef dict _clients                     # venue -> ExecutionClient
    cdef dict _routes                      # instrument id -> ExecutionClient
    cdef object _asked                     # instrument id that a client was last wanted for
    cdef ExecutionClient _answer           # that client, or None
    cdef TopicFamily _order_topics         # by strategy id
    cdef TopicFamily _position_topics      # by strategy id
    cdef TopicFamily _account_topics       # by account id

    cpdef ExecutionClient client(self, object instrument_id)
    @cython.locals(client=ExecutionClient)
    cpdef object submit(self, Order order, object position_id=*, object client_id=*)
    @cython.locals(client=ExecutionClient)
    cpdef object filled(
        self, Order order, object venue_order_id, object trade_id, object last_qty,
        object last_px, object liquidity_side, object commission, object ts_event,
        object position_id=*
    )
    @cython.locals(flows=tuple, position_events=list, topic=Topic)
    cpdef object apply_fill(self, Order order, OrderFilled fill)
    cdef bint _admit(self, Order order, object position_id, object client_id) except -1
    cdef int _initialized(self, Order order, object position_id) except -1
    @cython.locals(client=ExecutionClient)
    cdef object _refusal(self, Order order, object position_id, object client_id)
    @cython.locals(client=ExecutionClient)
    cdef ExecutionClient _require_client(self, Order order)
    @cython.locals(client=ExecutionClient)
    cdef ExecutionClient _find_client(self, object instrument_id)
    @cython.locals(event=OrderSubmitted)
    cdef int _submitted(self, Order order, ExecutionClient client) except -1
    cdef int _apply(self, Order order, object event) except -1
    cdef int _tell(self, Order order, object event, object ts_event) except -1


cdef object _client_reason(Order order, object client_id)
