"""Bar feeds: the bars of one type, and who wants to know of them."""

cimport cython
from cpython.list cimport PyList_GET_ITEM, PyList_GET_SIZE
from libc.stdint cimport int64_t

from argosy.kernel.aggregator cimport Aggregator, BarSink
from argosy.kernel.bus cimport Topic
from argosy.kernel.indicator cimport Indicator
from argosy.kernel.ring cimport Ring
from argosy.model.data cimport bar_from_raw

cdef enum:
    MID = 3
    MAX_PRECISION = 18


cdef class BarFeed(BarSink):
    """The bars of one type: ring, indicators, composites and subscribers."""

    def __init__(self, bar_type, market not None, Topic topic, Py_ssize_t capacity):
        self.bar_type = bar_type
        self.market = market
        self.price_type = bar_type.spec.price_type.code
        more = self.price_type == MID and bar_type.is_internally_aggregated()
        self._set_precisions(
            min(market.price_precision + more, MAX_PRECISION),
            min(market.size_precision + more, MAX_PRECISION),
        )
        self.ring = Ring(8, capacity)
        self.topic = topic
        self.indicators = []
        self.aggregators = []

    def _set_precisions(self, int price_precision, int size_precision):
        self.price_precision = price_precision
        self.size_precision = size_precision
        self._price_scale = 10.0 ** price_precision
        self._size_scale = 10.0 ** size_precision

    def __repr__(self):
        return f"BarFeed({self.bar_type})"

    def set_executes(self, bint executes):
        """Say whether the simulated venue matches on these bars."""
        self.executes = executes

    def set_aggregator(self, Aggregator aggregator not None):
        """Say what makes these bars; their precisions are those of what it is fed."""
        self.aggregator = aggregator
        self._set_precisions(aggregator.price_precision, aggregator.size_precision)

    def add_indicator(self, Indicator indicator not None):
        """Update `indicator` with every bar, before the subscribers get it."""
        self.indicators = [*self.indicators, indicator]

    def add_aggregator(self, Aggregator aggregator not None):
        """Feed a composite with every bar."""
        self.aggregators = [*self.aggregators, aggregator]

    def remove_aggregator(self, Aggregator aggregator not None):
        """Stop feeding a composite."""
        self.aggregators = [a for a in self.aggregators if a is not aggregator]

    def bar(self, Py_ssize_t back=0):
        """Return the bar `back` places before the latest, or None."""
        return None if back >= self.ring._size or back < 0 else self.bar_at(back)

    def take(self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
             int64_t ts_event, int64_t ts_init):
        """Take a bar (raw values), as the replay does."""
        if self.aggregator is None:
            self.market.note_bar(self)
        self.push(open, high, low, close, volume, ts_event, ts_init, False)

    cdef int push(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts_init, bint is_revision
    ) except -1:
        self.observe(open, high, low, close, volume, ts_event, ts_init, is_revision)
        return self.tell(open, high, low, close, volume, ts_event, ts_init, is_revision)

    cdef int observe(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts_init, bint is_revision
    ) except -1:
        """Note a bar as the latest: who asks from now on, sees it."""
        cdef int64_t* row = self.ring.slot()
        row[0] = open
        row[1] = high
        row[2] = low
        row[3] = close
        row[4] = volume
        row[5] = ts_event
        row[6] = ts_init
        row[7] = is_revision
        return 0

    @cython.boundscheck(False)
    cdef int tell(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts_init, bint is_revision
    ) except -1:
        """Give a bar to indicators, composites and subscribers."""
        cdef list indicators = self.indicators
        cdef list aggregators = self.aggregators
        cdef Py_ssize_t i
        for i in range(PyList_GET_SIZE(indicators)):
            (<Indicator>PyList_GET_ITEM(indicators, i)).update_bar(
                open / self._price_scale, high / self._price_scale, low / self._price_scale,
                close / self._price_scale, volume / self._size_scale, ts_init
            )
        for i in range(PyList_GET_SIZE(aggregators)):
            (<Aggregator>PyList_GET_ITEM(aggregators, i)).bar(
                open, high, low, close, volume, ts_event, ts_init
            )
        if PyList_GET_SIZE(self.topic.handlers):
            self.topic.publish(bar_from_raw(
                self.bar_type, open, high, low, close, volume, self.price_precision,
                self.size_precision, ts_event, ts_init, is_revision
            ))
        return 0

    cdef object bar_at(self, Py_ssize_t back):
        cdef int64_t* row = self.ring.row(back)
        return bar_from_raw(
            self.bar_type, row[0], row[1], row[2], row[3], row[4], self.price_precision,
            self.size_precision, row[5], row[6], row[7]
        )
