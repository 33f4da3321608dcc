"""C surface of the fee models."""

cimport cython

from argosy.plug.messages cimport OrderInitialized
from argosy.plug.values cimport Price, Quantity


cdef class MakerTakerFees:
    cdef object _maker        # Decimal, None: as the instrument says
    cdef object _taker        # likewise
    cdef dict _rates          # instrument id -> _Rates

    @cython.locals(rates=_Rates)
    cpdef object commission(
        self, OrderInitialized order, Quantity last_qty, Price last_px, object liquidity_side,
        object instrument
    )


@cython.final
cdef class _Rates:
    cdef object instrument    # whose rates they are
    cdef object _currency     # of the fee
    cdef object _free         # Money: nothing
    cdef tuple _maker         # numerator and denominator
    cdef tuple _taker
    cdef object _multiplier   # int: raw
    cdef int _power           # what the price does: 1 multiplies, -1 divides, 0 neither
    cdef int _digits          # decimals to take off, besides those of quantity and price

    @cython.locals(digits=object, part=object, whole=object)
    cdef object fee(self, Quantity quantity, Price price, object side)
