"""C surface of latest prices."""

cimport cython
from libc.stdint cimport int64_t

from argosy.kernel.market cimport BarFeed, MarketState
from argosy.model.values cimport Price, price_from_raw

cdef int _BID
cdef int _ASK
cdef int _LAST
cdef int _CLOSE
cdef int _TS_INIT


@cython.locals(code=int, found=Price)
cpdef Price latest_price(MarketState market, object price_type)
@cython.locals(found=Price, newest=BarFeed, side=int)
cpdef Price offered_price(MarketState market, int sign)
@cython.locals(feed=BarFeed, newest=BarFeed, ts_init=int64_t, at=int64_t)
cpdef Price latest_close(MarketState market, int code)
cdef Price _close(BarFeed feed)
