"""C surface of the message bus: a topic is a resolved list of handlers."""

cimport cython


@cython.final
cdef class Topic:
    cdef readonly str name         # full topic, without wildcards
    cdef readonly list handlers    # callables, higher priority first; replaced, never mutated
    cdef readonly MessageBus bus   # whose error guard is asked when a handler raises

    cpdef int publish(self, object message) except -1


@cython.final
cdef class TopicFamily:
    cdef MessageBus _bus
    cdef str _prefix               # of the names of the topics
    cdef dict _topics              # what the name ends with -> Topic

    @cython.locals(topic=Topic)
    cpdef Topic of(self, object key)


cdef class MessageBus:
    cdef dict _endpoints           # name -> callable
    cdef dict _topics              # name -> Topic
    cdef dict _exact               # name -> [(-priority, sequence, name, handler)], sorted
    cdef list _patterns            # likewise, of patterns with wildcards
    cdef int _sequence             # subscriptions made so far
    cdef readonly object on_error  # callable(handler, exception) that swallows or raises; or None

    cpdef int fail(self, object handler, object error) except -1
