"""C surface of the timeline: one clock, one heap, one horizon for the whole run."""

cimport cython
from libc.stdint cimport int64_t


cdef int64_t _NEVER
cdef int _ARRIVAL


cdef class Alarm:
    cdef readonly int64_t time      # ns; when it is due, NEVER while idle
    cdef readonly int kind          # ARRIVAL before TIMER at one time
    cdef readonly int rank          # sources before the composites built from them
    cdef readonly int64_t sequence  # registration order, set by the timeline
    cdef readonly bint alive        # false once canceled; the heap drops it when it surfaces

    cdef int fire(self, int64_t now) except -1


cdef class Settler:
    cdef int settle(self) except -1


@cython.final
cdef class Timeline:
    cdef readonly int64_t now       # ns; time of the datum, arrival or timer being processed
    cdef readonly int64_t horizon   # ns, exclusive: rows before it need no other check
    cdef readonly int64_t end       # ns, inclusive: last time of the run, NEVER if open
    cdef readonly bint dirty        # commands wait for a settle
    cdef list _heap                 # Alarms, binary heap by (time, kind, rank, sequence)
    cdef list _settlers             # Settlers, venues in declared order
    cdef int64_t _sequence          # next registration number
    cdef Py_ssize_t _sweep_at       # alarms in the heap at which canceled ones are dropped
    cdef int64_t _stamped           # what _stamp is an object of
    cdef object _stamp              # int

    cpdef object stamp(self)

    @cython.locals(heap=list, alarm=Alarm)
    cdef int64_t next_alarm(self) except? -1
    cpdef void wake(self) noexcept
    cpdef int schedule(self, Alarm alarm, int64_t time) except -1
    @cython.locals(alive=list, alarm=Alarm)
    cdef int _sweep(self) except -1
    @cython.locals(alarm=Alarm, time=int64_t)
    cdef int fire_next(self) except -1
    @cython.locals(rounds=int, settler=Settler)
    cpdef int settle(self) except -1
    cdef int _enlist(self, Alarm alarm) except -1


cdef bint _before(Alarm a, Alarm b) noexcept
@cython.locals(item=Alarm, parent=Py_ssize_t)
cdef int _sift_up(list heap, Py_ssize_t i) except -1
@cython.locals(item=Alarm, size=Py_ssize_t, child=Py_ssize_t)
cdef int _sift_down(list heap, Py_ssize_t i) except -1
@cython.locals(top=Alarm, last=Alarm)
cdef Alarm _pop(list heap)
