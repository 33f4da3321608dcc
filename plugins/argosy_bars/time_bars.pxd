"""C surface of the bars that time closes."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.aggregator cimport Aggregator
from argosy.plug.timeline cimport Alarm


cdef class CloseAlarm(Alarm):
    cdef TimeAggregator owner                # emits when it fires

    cdef int fire(self, int64_t now) except -1


cdef class TimeAggregator(Aggregator):
    cdef readonly object grid                # where the intervals lie
    cdef readonly int64_t length_ns          # of each interval, 0 where only the grid knows
    cdef readonly int64_t build_delay_ns     # from an interval's close to its bar, >= 0
    cdef readonly int64_t start_ns           # when it was started; earlier intervals are not full
    cdef readonly int64_t open_ns            # of the interval being built, valid while awake
    cdef readonly int64_t close_ns           # of the interval being built, > open_ns
    cdef readonly int64_t late               # updates whose bar had been emitted already
    cdef readonly int64_t outside            # ticks between two sessions
    cdef readonly bint build_with_no_updates # an empty interval repeats the last close
    cdef readonly bint skip_first_non_full   # drop a bar whose interval began before the start
    cdef readonly bint stamps_close          # ts_event is the close of the interval, else its open
    cdef bint _asleep                        # no alarm is set; the next tick sets one
    cdef CloseAlarm _alarm                   # None until started

    cdef int tick(
        self, int64_t price, int64_t size, int aggressor, int64_t ts_event, int64_t ts
    ) except -1
    cdef int bar(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts
    ) except -1
    cdef int wake(self, int64_t ns) except -1
    cdef int arm(self, int64_t close_ns) except -1
    cdef int advance(self) except -1
    @cython.locals(open_ns=int64_t, close_ns=int64_t)
    cdef int close_bar(self) except -1
    cdef int close_interval(self, Aggregator builder, int64_t open_ns, int64_t close_ns) except -1


@cython.final
cdef class HeldBar(Aggregator):
    cdef int64_t open_ns                     # of its interval
    cdef int64_t close_ns


cdef class FencedTimeAggregator(TimeAggregator):
    cdef readonly bint by_event              # intervals by ts_event, else by ts_init
    cdef int _shift                          # -1 for (open, close], 0 for [open, close)
    cdef list _held                          # HeldBars, earliest first; few, as delays are short

    cdef int tick(
        self, int64_t price, int64_t size, int aggressor, int64_t ts_event, int64_t ts
    ) except -1
    cdef int bar(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts
    ) except -1
    @cython.locals(held=HeldBar)
    cdef Aggregator _builder(self, int64_t key, int64_t ts)
    @cython.locals(held=HeldBar)
    cdef int _set_aside(self) except -1
    @cython.locals(held=HeldBar, following=HeldBar)
    cdef int close_bar(self) except -1
    cdef int _pass_close(self, HeldBar held, Aggregator following) except -1
