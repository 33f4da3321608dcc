"""Market state: the observed side of one instrument.

Written by data only, and it does only what is attached: top of book, rings, then the venue's
matching core, indicators, aggregators and subscribers. No subscriber, no object.
"""

cimport cython
from cpython.list cimport PyList_GET_ITEM, PyList_GET_SIZE
from libc.stdint cimport int64_t

from argosy.kernel.aggregator cimport Aggregator
from argosy.kernel.bar_feed cimport BarFeed
from argosy.kernel.bus cimport Topic
from argosy.kernel.columns cimport QuoteColumns, TradeColumns
from argosy.kernel.indicator cimport Indicator
from argosy.kernel.matching cimport _UNSET, MatchingCore
from argosy.kernel.runs cimport Run, add_run, middle, sum_up, sum_up_middles
from argosy.kernel.tape cimport QuoteTape, TradeTape
from argosy.model.data cimport quote_from_raw

from argosy.errors import DataError

cdef Py_ssize_t CAPACITY = 10_000

cdef enum:
    BID = 1
    ASK = 2
    MID = 3
    SIDE_BID = 1
    SIDE_ASK = 2
    SIDE_ONE = 4
    ID_BYTES = 36


cdef class MarketState:
    """What was observed of one instrument.

    Parameters
    ----------
    instrument : its definition; gives the precisions of every raw value
    quotes, trades : topics of its subscribers
    capacity : rows that each ring keeps
    """

    def __init__(self, instrument, Topic quotes not None, Topic trades not None,
                 Py_ssize_t capacity=CAPACITY):
        self.instrument = instrument
        self.instrument_id = instrument.id
        self.price_precision = instrument.price_precision
        self.size_precision = instrument.size_precision
        self.bid = self.ask = self.pair_bid = self.pair_ask = _UNSET
        self.quotes = quotes
        self.trades = trades
        self._quote_tape = QuoteTape(
            self.instrument_id, self.price_precision, self.size_precision, capacity
        )
        self._trade_tape = TradeTape(
            self.instrument_id, self.price_precision, self.size_precision, capacity
        )
        self.quote_indicators = []
        self.trade_indicators = []
        self.quote_aggregators = []
        self.trade_aggregators = []
        self.bar_feeds = {}
        self._price_scale = 10.0 ** self.price_precision
        self._size_scale = 10.0 ** self.size_precision

    def __repr__(self):
        return f"MarketState({self.instrument_id})"

    def set_instrument(self, instrument):
        """Replace the definition; the precisions may not change."""
        if (instrument.price_precision, instrument.size_precision) != (
            self.price_precision, self.size_precision
        ):
            raise DataError(
                f"{self.instrument_id}: an update may not change precisions from"
                f" {self.price_precision}/{self.size_precision} to"
                f" {instrument.price_precision}/{instrument.size_precision}"
            )
        self.instrument = instrument

    def set_matcher(self, MatchingCore matcher):
        """Let a simulated venue's core see each row before anyone else."""
        self.matcher = matcher

    def set_has_zero_prices(self, bint has_zero_prices):
        """Say whether a price of 0 can be right; else a bar of four zeros is none."""
        self.has_zero_prices = has_zero_prices

    def set_has_trades(self, bint has_trades):
        """Say whether the run has trades of the instrument, seen or not yet."""
        self.has_trades = has_trades

    def set_bar_sides(self, int sides):
        """Say which execution bars exist: 1 bid, 2 ask, 4 other; bid and ask match as a pair."""
        self.bar_sides = sides

    def add_feed(self, bar_type, Topic topic not None, Py_ssize_t capacity=CAPACITY):
        """Return the feed of `bar_type` (standard form), made when it is new."""
        feed = self.bar_feeds.get(bar_type)
        if feed is None:
            feed = BarFeed(bar_type, self, topic, capacity)
            self.bar_feeds[bar_type] = feed
        return feed

    cpdef bint is_bar(self, int64_t high, int64_t low, int64_t volume) noexcept:
        """Tell a bar from one without any price: four zeros, unless 0 can be right and traded."""
        return high != 0 or low != 0 or (self.has_zero_prices and volume > 0)

    def note_bar(self, BarFeed feed not None):
        """Remember which external bars came last."""
        self.last_bar = feed

    def add_quote_indicator(self, Indicator indicator not None):
        """Update `indicator` with every quote."""
        self.quote_indicators = [*self.quote_indicators, indicator]

    def add_trade_indicator(self, Indicator indicator not None):
        """Update `indicator` with every trade."""
        self.trade_indicators = [*self.trade_indicators, indicator]

    def add_aggregator(self, Aggregator aggregator not None):
        """Feed `aggregator` with quotes (bid, ask, mid) or trades (last)."""
        if aggregator.price_type in (BID, ASK, MID):
            self.quote_aggregators = [*self.quote_aggregators, aggregator]
        else:
            self.trade_aggregators = [*self.trade_aggregators, aggregator]

    def remove_aggregator(self, Aggregator aggregator not None):
        """Stop feeding `aggregator`."""
        self.quote_aggregators = [a for a in self.quote_aggregators if a is not aggregator]
        self.trade_aggregators = [a for a in self.trade_aggregators if a is not aggregator]

    @property
    def quote_ring(self):
        """The newest quotes as raw rows."""
        self._quote_tape.copy()
        return self._quote_tape.ring

    @property
    def trade_ring(self):
        """The newest trades as raw rows."""
        self._trade_tape.copy()
        return self._trade_tape.ring

    def quote(self, Py_ssize_t back=0):
        """Return the quote `back` places before the latest, or None."""
        return self._quote_tape[back] if 0 <= back < len(self._quote_tape) else None

    def trade(self, Py_ssize_t back=0):
        """Return the trade `back` places before the latest, or None."""
        return self._trade_tape[back] if 0 <= back < len(self._trade_tape) else None

    def feed_quote(self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size,
                   int64_t ts_event, int64_t ts_init):
        """Take a quote (raw values), as the replay does."""
        self.take_quote(bid, ask, bid_size, ask_size, ts_event, ts_init)

    def feed_trade(self, int64_t price, int64_t size, int aggressor, str trade_id,
                   int64_t ts_event, int64_t ts_init):
        """Take a trade (raw values), as the replay does."""
        text = trade_id.encode()
        if len(text) > ID_BYTES:
            raise DataError(
                f"a trade id of {len(text)} bytes; at most {ID_BYTES} fit",
                place=str(self.instrument_id), cure="Shorten it",
            )
        self.take_trade(price, size, aggressor, ts_event, ts_init, text, len(text))

    @cython.boundscheck(False)
    cdef int take_quote(
        self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size,
        int64_t ts_event, int64_t ts_init
    ) except -1:
        cdef list indicators = self.quote_indicators
        cdef list aggregators = self.quote_aggregators
        cdef Py_ssize_t i
        self._quote_tape.put(bid, ask, bid_size, ask_size, ts_event, ts_init)
        self.ts_quote = ts_init
        if bid_size == 0 or ask_size == 0:
            return self._take_sides(bid, ask, bid_size, ask_size, ts_event, ts_init)
        self.bid = bid
        self.ask = ask
        self.bid_size = bid_size
        self.ask_size = ask_size
        if self.matcher is not None:
            self.matcher.on_quote(bid, ask, bid_size, ask_size, ts_init)
        for i in range(PyList_GET_SIZE(indicators)):
            (<Indicator>PyList_GET_ITEM(indicators, i)).update_quote(
                bid / self._price_scale, ask / self._price_scale,
                bid_size / self._size_scale, ask_size / self._size_scale, ts_init
            )
        for i in range(PyList_GET_SIZE(aggregators)):
            self._tick_quote(
                <Aggregator>PyList_GET_ITEM(aggregators, i), bid, ask, bid_size, ask_size,
                ts_event, ts_init
            )
        if PyList_GET_SIZE(self.quotes.handlers):
            self.quotes.publish(quote_from_raw(
                self.instrument_id, bid, ask, bid_size, ask_size, self.price_precision,
                self.size_precision, ts_event, ts_init
            ))
        return 0

    cdef int _take_sides(
        self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size,
        int64_t ts_event, int64_t ts_init
    ) except -1:
        """Take a quote that lacks a side, or both: nothing is built on what is not there."""
        cdef Indicator indicator
        cdef Aggregator aggregator
        if self.bid_size and self.ask_size:
            self.pair_bid = self.bid
            self.pair_ask = self.ask
        if bid_size:
            self.bid = bid
        if ask_size:
            self.ask = ask
        self.bid_size = bid_size
        self.ask_size = ask_size
        if self.matcher is not None:
            self.matcher.on_quote(
                bid if bid_size else _UNSET, ask if ask_size else _UNSET, bid_size, ask_size, ts_init
            )
        for indicator in self.quote_indicators:
            indicator.update_sides(
                bid / self._price_scale, ask / self._price_scale,
                bid_size / self._size_scale, ask_size / self._size_scale, ts_init
            )
        for aggregator in self.quote_aggregators:
            if bid_size if aggregator.price_type == BID else (
                ask_size and aggregator.price_type == ASK
            ):
                self._tick_quote(aggregator, bid, ask, bid_size, ask_size, ts_event, ts_init)
        if PyList_GET_SIZE(self.quotes.handlers):
            self.quotes.publish(quote_from_raw(
                self.instrument_id, bid, ask, bid_size, ask_size, self.price_precision,
                self.size_precision, ts_event, ts_init
            ))
        return 0

    @cython.boundscheck(False)
    cdef Py_ssize_t take_quotes(
        self, QuoteColumns c, Py_ssize_t first, Py_ssize_t end
    ) except -1:
        cdef list aggregators = self.quote_aggregators
        cdef Py_ssize_t i
        if (
            PyList_GET_SIZE(self.quotes.handlers)
            or PyList_GET_SIZE(self.quote_indicators)
            or not _are_steady(aggregators)
        ):
            return first
        if c.has_empty_sides:
            end = c.next_empty(first, end)
        if self.matcher is not None and end > first:
            end = self.matcher.skim_quotes(c.bid, c.ask, c.bid_size, c.ask_size, first, end)
        if end == first:
            return first
        self._add_quotes(aggregators, c, first, end)
        self._quote_tape.take(c, first, end)
        self.bid = c.bid[end - 1]
        self.ask = c.ask[end - 1]
        self.bid_size = c.bid_size[end - 1]
        self.ask_size = c.ask_size[end - 1]
        self.ts_quote = c.ts_init[end - 1]
        return end

    @cython.boundscheck(False)
    cdef int take_trade(
        self, int64_t price, int64_t size, int aggressor, int64_t ts_event, int64_t ts_init,
        const char* trade_id, Py_ssize_t id_length
    ) except -1:
        cdef list indicators = self.trade_indicators
        cdef list aggregators = self.trade_aggregators
        cdef Py_ssize_t i
        self._trade_tape.put(price, size, aggressor, ts_event, ts_init, trade_id, id_length)
        self.last = price
        self.last_size = size
        self.ts_trade = ts_init
        if self.matcher is not None:
            self.matcher.on_trade(price, size, aggressor, ts_init)
        for i in range(PyList_GET_SIZE(indicators)):
            (<Indicator>PyList_GET_ITEM(indicators, i)).update_trade(
                price / self._price_scale, size / self._size_scale, ts_init
            )
        for i in range(PyList_GET_SIZE(aggregators)):
            (<Aggregator>PyList_GET_ITEM(aggregators, i)).tick(
                price, size, aggressor, ts_event, ts_init
            )
        if PyList_GET_SIZE(self.trades.handlers):
            self.trades.publish(self._trade_tape.at(0))
        return 0

    @cython.boundscheck(False)
    cdef Py_ssize_t take_trades(
        self, TradeColumns c, Py_ssize_t first, Py_ssize_t end
    ) except -1:
        cdef list aggregators = self.trade_aggregators
        cdef Run run
        cdef Py_ssize_t i
        if (
            PyList_GET_SIZE(self.trades.handlers)
            or PyList_GET_SIZE(self.trade_indicators)
            or not _are_steady(aggregators)
        ):
            return first
        if self.matcher is not None:
            end = self.matcher.skim_trades(c.price, first, end)
        if end == first:
            return first
        if PyList_GET_SIZE(aggregators):
            sum_up(c.price + first, c.size + first, end - first, &run)
        for i in range(PyList_GET_SIZE(aggregators)):
            add_run(<Aggregator>PyList_GET_ITEM(aggregators, i), &run)
        self._trade_tape.take(c, first, end)
        self.last = c.price[end - 1]
        self.last_size = c.size[end - 1]
        self.ts_trade = c.ts_init[end - 1]
        return end

    cdef int _tick_quote(
        self, Aggregator aggregator, int64_t bid, int64_t ask, int64_t bid_size,
        int64_t ask_size, int64_t ts_event, int64_t ts_init
    ) except -1:
        if aggregator.price_type == BID:
            return aggregator.tick(bid, bid_size, 0, ts_event, ts_init)
        if aggregator.price_type == ASK:
            return aggregator.tick(ask, ask_size, 0, ts_event, ts_init)
        return aggregator.tick(
            middle(bid, ask, self.price_precision),
            middle(bid_size, ask_size, self.size_precision), 0, ts_event, ts_init
        )

    @cython.boundscheck(False)
    cdef int _add_quotes(
        self, list aggregators, QuoteColumns c, Py_ssize_t first, Py_ssize_t end
    ) except -1:
        cdef Run runs[3]
        cdef Run* run
        cdef Aggregator aggregator
        cdef Py_ssize_t i
        for i in range(3):
            runs[i].count = 0
        for i in range(PyList_GET_SIZE(aggregators)):
            aggregator = <Aggregator>PyList_GET_ITEM(aggregators, i)
            run = &runs[aggregator.price_type - 1]
            if run.count == 0:
                if aggregator.price_type == BID:
                    sum_up(c.bid + first, c.bid_size + first, end - first, run)
                elif aggregator.price_type == ASK:
                    sum_up(c.ask + first, c.ask_size + first, end - first, run)
                else:
                    sum_up_middles(
                        c, first, end, self.price_precision, self.size_precision, run
                    )
            add_run(aggregator, run)
        return 0

    cdef int release(self) except -1:
        self._quote_tape.copy()
        self._trade_tape.copy()
        return 0

    cdef int stage_bar(
        self, BarFeed feed, int64_t open, int64_t high, int64_t low, int64_t close,
        int64_t volume
    ) except -1:
        cdef int64_t* target = self._one_bar
        cdef int side = SIDE_ONE
        if not feed.executes or self.matcher is None:
            return 0
        if self.bar_sides & (SIDE_BID | SIDE_ASK) == (SIDE_BID | SIDE_ASK):
            if feed.price_type == BID:
                target = self._bid_bar
                side = SIDE_BID
            elif feed.price_type == ASK:
                target = self._ask_bar
                side = SIDE_ASK
        target[0] = open
        target[1] = high
        target[2] = low
        target[3] = close
        target[4] = volume
        if side == SIDE_ONE:
            self._one_type = feed.price_type
        self._staged |= side
        return 0

    cdef int match_bars(self, int64_t ts) except -1:
        cdef int staged = self._staged
        cdef int64_t* b
        cdef int64_t* a
        self._staged = 0
        if staged & (SIDE_BID | SIDE_ASK) == (SIDE_BID | SIDE_ASK):
            b = self._bid_bar
            a = self._ask_bar
            self.matcher.on_bar_pair(b[0], b[1], b[2], b[3], b[4], a[0], a[1], a[2], a[3], a[4], ts)
        if staged & SIDE_ONE:
            b = self._one_bar
            self.matcher.on_bar(self._one_type, b[0], b[1], b[2], b[3], b[4], ts)
        return 0


cdef bint _are_steady(list aggregators) noexcept:
    cdef Py_ssize_t i
    for i in range(PyList_GET_SIZE(aggregators)):
        if not (<Aggregator>PyList_GET_ITEM(aggregators, i)).steady:
            return False
    return True
