"""C surface of latest prices."""

cimport cython
from libc.stdint cimport int64_t

from argosy.kernel.bar_feed cimport BarFeed
from argosy.kernel.market cimport MarketState
from argosy.model.values cimport Price, price_from_raw

cdef int _BID
cdef int _ASK
cdef int _LAST
cdef int64_t _UNSET
cdef int _CLOSE
cdef int _TS_INIT


@cython.locals(code=int, found=Price, quoted=Price)
cpdef Price latest_price(MarketState market, object price_type)
cpdef Price quoted_price(MarketState market, int code)
@cython.locals(is_paired=bint, bid=int64_t, ask=int64_t)
cpdef tuple quoted_pair(MarketState market)
cdef Price _price_or_none(int64_t raw, int precision)
@cython.locals(found=Price, newest=BarFeed, side=int, quoted=int64_t)
cpdef Price offered_price(MarketState market, int sign)
cpdef bint is_stale(MarketState market, int sign)
@cython.locals(feed=BarFeed, newest=BarFeed, ts_init=int64_t, at=int64_t)
cpdef Price latest_close(MarketState market, int code)
cdef Price _close(BarFeed feed)
