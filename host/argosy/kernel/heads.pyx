# cython: overflowcheck=False
# What is added here are places in memory, and to a time 1 where it is not the last there is.
"""The heads of sources: the times of their next rows, in a heap.

Whose row comes next is at the top, whose comes after it is one of its two children, and a source
that has moved on sinks past those that come before it: a thousand streams take ten steps a row.
"""

from libc.stdint cimport int64_t
from libc.stdlib cimport free, realloc

cdef int64_t NEVER = 9_223_372_036_854_775_807


cdef class Heads:
    """Times of sources, in the order in which their rows come: by time, then as declared."""

    def __dealloc__(self):
        free(self._times)
        free(self._heap)
        free(self._places)

    def __len__(self):
        return self.count

    def next(self):
        """Return the number of the source whose row comes next; of those of one time the least."""
        return self.first() if self.count else None

    def horizon(self):
        """Return the time (ns) before which all rows are those of the source that comes next."""
        return self.rest()

    cpdef int add(self, Py_ssize_t number, int64_t time) except -1:
        """Take in a source.

        Parameters
        ----------
        number : its place among all sources; no two have the same
        time : ns, of its next row
        """
        self._grow(number + 1)
        self._times[number] = time
        self._heap[self.count] = number
        self._places[number] = self.count
        self.count += 1
        self._rise(self.count - 1)
        return 0

    cpdef int set(self, Py_ssize_t number, int64_t time) except -1:
        """Let a source that was taken in have another time."""
        cdef int64_t before = self._times[number]
        self._times[number] = time
        if time > before:
            self._sink(self._places[number])
        elif time < before:
            self._rise(self._places[number])
        return 0

    cdef Py_ssize_t first(self) noexcept:
        return self._heap[0]

    cdef int64_t time(self) noexcept:
        """Return the time of the next row, NEVER where there is none."""
        return self._times[self._heap[0]] if self.count else NEVER

    cdef int64_t rest(self) noexcept:
        """Return where the rows of the others begin, seen from the source that comes next."""
        cdef Py_ssize_t second
        cdef int64_t time
        if self.count < 2:
            return NEVER
        second = self._heap[1]
        if self.count > 2 and self._precedes(self._heap[2], second):
            second = self._heap[2]
        time = self._times[second]
        # What is declared earlier comes first at a time that both have.
        return time if second < self._heap[0] or time == NEVER else time + 1

    cdef int64_t others(self, Py_ssize_t number) noexcept:
        """Return the time of the next row of any source but one."""
        cdef int64_t time
        if not self.count or self._heap[0] != number:
            return self.time()
        if self.count < 2:
            return NEVER
        time = self._times[self._heap[1]]
        return time if self.count == 2 else min(time, self._times[self._heap[2]])

    cdef bint _precedes(self, Py_ssize_t a, Py_ssize_t b) noexcept:
        cdef int64_t one = self._times[a], other = self._times[b]
        return one < other or (one == other and a < b)

    cdef int _rise(self, Py_ssize_t place) noexcept:
        cdef Py_ssize_t number = self._heap[place]
        cdef Py_ssize_t parent
        while place:
            parent = (place - 1) >> 1
            if not self._precedes(number, self._heap[parent]):
                break
            self._heap[place] = self._heap[parent]
            self._places[self._heap[place]] = place
            place = parent
        self._heap[place] = number
        self._places[number] = place
        return 0

    cdef int _sink(self, Py_ssize_t place) noexcept:
        cdef Py_ssize_t number = self._heap[place]
        cdef Py_ssize_t child
        while True:
            child = 2 * place + 1
            if child >= self.count:
                break
            if child + 1 < self.count and self._precedes(self._heap[child + 1], self._heap[child]):
                child += 1
            if not self._precedes(self._heap[child], number):
                break
            self._heap[place] = self._heap[child]
            self._places[self._heap[place]] = place
            place = child
        self._heap[place] = number
        self._places[number] = place
        return 0

    cdef int _grow(self, Py_ssize_t needed) except -1:
        cdef Py_ssize_t room = 2 * needed
        cdef void* memory
        if needed <= self._room:
            return 0
        memory = realloc(self._times, <size_t>room * sizeof(int64_t))
        if memory is NULL:
            raise MemoryError()
        self._times = <int64_t*>memory
        memory = realloc(self._heap, <size_t>room * sizeof(Py_ssize_t))
        if memory is NULL:
            raise MemoryError()
        self._heap = <Py_ssize_t*>memory
        memory = realloc(self._places, <size_t>room * sizeof(Py_ssize_t))
        if memory is NULL:
            raise MemoryError()
        self._places = <Py_ssize_t*>memory
        self._room = room
        return 0
