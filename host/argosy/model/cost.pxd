"""C surface of exact costs: quantities are int64, costs are Python ints of any size."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.average cimport mean_price, price_of
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, rounded
from argosy.model.values cimport Price, Quantity, price_from_raw, quantity_from_raw
from argosy.model.wide cimport pow10, product

cdef int _INVERSE     # a Terms.kind
cdef int _BETTING     # likewise
cdef object _BUY
cdef object _SELL
cdef object _FLAT
cdef object _LONG
cdef object _SHORT
cdef int64_t _RAW_MAX
cdef object _LARGEST_DIVISOR
cdef object _ONE


@cython.no_gc
cdef class OpenCost:
    cdef readonly Terms terms          # of the contract, as they were at the opening
    cdef readonly int64_t signed_raw   # quantity, negative while short, x 10^size_precision
    cdef readonly int64_t peak_raw     # largest quantity so far, same unit
    cdef readonly int price_precision  # of the prices in the costs; only grows
    cdef readonly int size_precision   # of the quantities, and of those in the costs; only grows
    cdef object _cost                  # int: raw price x raw quantity of what is open, x _divisor;
                                       # of an inverse contract base currency x 10^18, x _divisor
    cdef object _divisor               # int: 1 until a partial close does not divide evenly
    cdef object _flat_cost             # int: _cost at the moment of closing
    cdef object _flat_raw              # int: quantity x _divisor at the moment of closing
    cdef object _closed_cost           # int: likewise, of what was closed
    cdef object _closed_raw            # int: raw quantity of what was closed

    cpdef int begin(self, Terms terms) except -1
    cpdef int enlarge(self, int64_t price, int64_t quantity, int sign) except -1
    @cython.locals(rest=int64_t)
    cpdef int reduce(self, int64_t price, int64_t quantity) except -1
    @cython.locals(was=int64_t)
    cpdef int resize(self, int64_t signed, int64_t price) except -1
    cdef object _worth(self, int64_t price, int64_t quantity)
    cdef int _split_cost(self, object cost, object divisor) except -1
    @cython.locals(open_raw=int64_t)
    cpdef object gain_raw(self, int64_t price, int64_t quantity)
    cpdef object unrealized_raw(self, Price price)
    cpdef int64_t fit_price(self, Price price) except? -1
    cpdef int64_t fit_size(self, Quantity quantity) except? -1
    @cython.locals(factor=int64_t)
    cpdef int fit_sizes(self, int precision) except -1
    cdef int _scale_costs(self, object factor) except -1
    cpdef Price open_price(self)
    @cython.locals(quantity=object, scale=object)
    cpdef tuple share(self)
    cpdef Price mean_open(self)
    cpdef Price mean_close(self)
    cdef Price _mean(self, object cost, object raw)
    cdef tuple _price_of(self, object cost, object raw)


cpdef object side_of(int64_t signed)
