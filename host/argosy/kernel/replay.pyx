"""Replay: merge streams by (ts_init, declared order, row) and dispatch their rows.

Between two looks at the other streams, the timers and the commands in flight, a source runs
through its rows with one test a row: `ts < horizon`. Batch sizes cannot change a result.
"""

cimport cython
from cpython.exc cimport PyErr_CheckSignals
from cpython.list cimport PyList_GET_ITEM
from libc.stdint cimport int64_t

from argosy.kernel.columns cimport BarColumns, Columns, QuoteColumns, TradeColumns
from argosy.kernel.bar_feed cimport BarFeed
from argosy.kernel.heads cimport Heads
from argosy.kernel.market cimport MarketState
from argosy.kernel.timeline cimport Timeline

from argosy.errors import ArgosyError, DataError

cdef int64_t NEVER = 9_223_372_036_854_775_807
# How often in a row a source asks in vain whether rows may be taken in runs. The answer can change
# after a row that woke an aggregator; where someone looks at every row, asking each time would cost.
cdef int TRIES = 2


cdef class Source:
    """One stream being replayed; subclasses know their columns and where rows go."""

    def __init__(self, stream, str place, int64_t start=-NEVER):
        self.stream = stream
        self.place = place
        self.head = NEVER
        self.price_precision = self.size_precision = -1
        self._start = start
        self._after = -NEVER

    def __repr__(self):
        return f"{type(self).__name__}({self.place})"

    def _view(self, batch, int64_t after):
        """Return the columns of a batch."""
        return Columns(batch, self.place, after)

    cdef int open(self) except -1:
        start = None if self._start == -NEVER else self._start
        self._batches = iter(self.stream.batches(start, None))
        return self.load()

    cdef int load(self) except -1:
        """Move to the next batch that has rows from the start on."""
        if self._columns is not None and self._columns.length:
            self._after = self._columns.ts_init[self._columns.length - 1]
        self._columns = None
        while True:
            try:
                batch = next(self._batches, None)
            except ArgosyError:
                raise
            except Exception as error:
                raise DataError(f"cannot be read: {error}", place=self.place) from error
            if batch is None:
                self.head = NEVER
                self._batches = iter(())
                return 0
            columns = <Columns>self._view(batch, self._after)
            self._check("prices", columns.price_precision, self.price_precision)
            self._check("sizes", columns.size_precision, self.size_precision)
            self._row = columns.first_from(self._start)
            if self._row < columns.length:
                self._columns = columns
                self.head = columns.ts_init[self._row]
                return 0
            if columns.length:
                self._after = columns.ts_init[columns.length - 1]

    def _check(self, what, int found, int expected):
        if found != expected:
            raise DataError(
                f"its {what} have {found} decimals, its instrument declares {expected}",
                place=self.place, cure="Convert the data, or correct the instrument",
            )

    cdef int run(self, Replay replay) except -1:
        raise DataError("its type of data cannot be replayed", place=self.place)

    cdef int rest(self, Py_ssize_t i) except -1:
        """Note where the run stopped; load the next batch where this one is read out."""
        self.rows += i - self._row
        self._row = i
        if i < self._columns.length:
            self.head = self._columns.ts_init[i]
        else:
            self.load()
        return 0


cdef class TickSource(Source):
    """Quotes or trades of one instrument."""

    cdef MarketState market

    def __init__(self, stream, MarketState market not None, str place, int64_t start=-NEVER):
        Source.__init__(self, stream, place, start)
        self.market = market
        self.price_precision = market.price_precision
        self.size_precision = market.size_precision


@cython.final
cdef class QuoteSource(TickSource):
    """Quotes of one instrument."""

    def _view(self, batch, int64_t after):
        return QuoteColumns(batch, self.place, after)

    cdef int run(self, Replay replay) except -1:
        return run_ticks(self, <QuoteColumns>self._columns, replay)


@cython.final
cdef class TradeSource(TickSource):
    """Trades of one instrument."""

    def _view(self, batch, int64_t after):
        return TradeColumns(batch, self.place, after)

    cdef int run(self, Replay replay) except -1:
        return run_ticks(self, <TradeColumns>self._columns, replay)


ctypedef fused TickColumns:
    QuoteColumns
    TradeColumns


@cython.boundscheck(False)
cdef int run_ticks(TickSource source, TickColumns c, Replay replay) except -1:
    """Run through the rows of a batch up to the horizon; one loop is compiled for each kind."""
    cdef Timeline timeline = replay.timeline
    cdef MarketState market = source.market
    cdef Py_ssize_t i = source._row
    cdef Py_ssize_t next_row
    cdef int tries = TRIES
    cdef int64_t ts
    while i < c.length:
        ts = c.ts_init[i]
        if ts >= timeline.horizon:
            break
        if tries and i + 1 < c.length and c.ts_init[i + 1] < timeline.horizon:
            if TickColumns is QuoteColumns:
                next_row = market.take_quotes(c, i, c.first_after(i + 1, timeline.horizon))
            else:
                next_row = market.take_trades(c, i, c.first_after(i + 1, timeline.horizon))
            if next_row > i:
                tries = TRIES
                i = next_row
                timeline.now = c.ts_init[i - 1]
                continue
            tries -= 1
        timeline.now = ts
        if TickColumns is QuoteColumns:
            market.take_quote(c.bid[i], c.ask[i], c.bid_size[i], c.ask_size[i], c.ts_event[i], ts)
        else:
            market.take_trade(
                c.price[i], c.size[i], c.aggressor[i], c.ts_event[i], ts,
                c.id_text + c.id_offsets[i], c.id_offsets[i + 1] - c.id_offsets[i]
            )
        i += 1
        if timeline.dirty:
            timeline.settle()
    replay.last = timeline.now
    if i == c.length:
        market.release()
    return source.rest(i)


@cython.final
cdef class BarSource(Source):
    """External bars of one type."""

    cdef BarFeed feed
    cdef MarketState market

    def __init__(self, stream, BarFeed feed not None, str place, int64_t start=-NEVER):
        Source.__init__(self, stream, place, start)
        self.feed = feed
        self.market = feed.market
        self.price_precision = feed.price_precision
        self.size_precision = feed.size_precision

    def _view(self, batch, int64_t after):
        return BarColumns(batch, self.place, after)

    @cython.boundscheck(False)
    cdef int run(self, Replay replay) except -1:
        cdef BarColumns c = <BarColumns>self._columns
        cdef Timeline timeline = replay.timeline
        cdef BarFeed feed = self.feed
        cdef MarketState market = self.market
        cdef Py_ssize_t i = self._row
        cdef int64_t next_bar = replay.next_bar()
        cdef int64_t ts
        while i < c.length:
            ts = c.ts_init[i]
            if ts >= timeline.horizon:
                break
            if c.high[i] == 0 and self._is_none(c, i):
                i += 1
                continue
            timeline.now = ts
            if (
                ts >= next_bar
                or i + 1 == c.length
                or c.ts_init[i + 1] == ts
            ):
                self.rows += i - self._row
                self._row = i
                self.head = ts
                replay._heads.set(replay._current, ts)
                replay._bars.set(replay._current, ts)
                replay.bar_datum(ts)
                replay.last = ts
                return 0
            feed.observe(
                c.open[i], c.high[i], c.low[i], c.close[i], c.volume[i], c.ts_event[i], ts,
                c.is_revision(i)
            )
            market.last_bar = feed
            market.stage_bar(feed, c.open[i], c.high[i], c.low[i], c.close[i], c.volume[i])
            if market._staged:
                market.match_bars(ts)
            feed.tell(
                c.open[i], c.high[i], c.low[i], c.close[i], c.volume[i], c.ts_event[i], ts,
                c.is_revision(i)
            )
            i += 1
            if timeline.dirty:
                timeline.settle()
        replay.last = timeline.now
        return self.rest(i)

    @cython.boundscheck(False)
    cdef int take_row(self, list datum) except -1:
        """Observe the next row, stage it for its venue and note it in `datum`."""
        cdef BarColumns c = <BarColumns>self._columns
        cdef Py_ssize_t i = self._row
        if c.high[i] == 0 and self._is_none(c, i):
            return self.rest(i + 1)
        self.feed.observe(
            c.open[i], c.high[i], c.low[i], c.close[i], c.volume[i], c.ts_event[i], c.ts_init[i],
            c.is_revision(i)
        )
        self.market.last_bar = self.feed
        self.market.stage_bar(
            self.feed, c.open[i], c.high[i], c.low[i], c.close[i], c.volume[i]
        )
        datum.append((
            self.feed, c.open[i], c.high[i], c.low[i], c.close[i], c.volume[i], c.ts_event[i],
            c.is_revision(i)
        ))
        return self.rest(i + 1)

    @cython.boundscheck(False)
    cdef bint _is_none(self, BarColumns c, Py_ssize_t i) except -1:
        """Tell whether a bar whose high is 0 has no price at all, and count it if so."""
        if self.market.is_bar(c.high[i], c.low[i], c.volume[i]):
            return False
        self.left_out += 1
        return True


@cython.final
cdef class ObjectSource(Source):
    """Objects of any type with `ts_init`, handed one by one to a callable."""

    cdef object _objects
    cdef object _next
    cdef object _deliver

    def __init__(self, objects, deliver, str place, int64_t start=-NEVER):
        Source.__init__(self, None, place, start)
        self._objects = objects
        self._deliver = deliver

    cdef int open(self) except -1:
        self._batches = iter(self._objects)
        return self.load()

    cdef int load(self) except -1:
        cdef int64_t ts
        for item in self._batches:
            ts = item.ts_init
            if ts < self._after:
                raise DataError(
                    f"ts_init {ts} lies before the row above it ({self._after})",
                    place=self.place, cure="sort the data by ts_init",
                )
            self._after = ts
            if ts >= self._start:
                self._next = item
                self.head = ts
                return 0
        self._next = None
        self.head = NEVER
        return 0

    cdef int run(self, Replay replay) except -1:
        cdef Timeline timeline = replay.timeline
        while self.head < timeline.horizon:
            timeline.now = self.head
            item = self._next
            self.rows += 1
            self._deliver(item)
            self.load()
            if timeline.dirty:
                timeline.settle()
        replay.last = timeline.now
        return 0


cdef class Replay:
    """Merge sources and run them against a timeline."""

    def __init__(self, Timeline timeline not None, progress=None):
        self.timeline = timeline
        self.sources = []
        self.progress = progress
        self._heads = Heads()
        self._bars = Heads()

    @property
    def rows(self):
        """Rows dispatched so far, over all sources."""
        return sum([source.rows for source in self.sources])

    def add(self, Source source not None):
        """Replay `source` after those added before it, where times are equal."""
        cdef Py_ssize_t number = len(self.sources)
        self.sources.append(source)
        source.open()
        self._heads.add(number, source.head)
        if isinstance(source, BarSource):
            self._bars.add(number, source.head)
        self.timeline.horizon = min(self.timeline.horizon, source.head)

    def first(self):
        """Return the time (ns) of the first row, or None without data."""
        cdef int64_t first = self._heads.time()
        return None if first == NEVER else first

    def stop(self):
        """End the run before the next row."""
        self._stopped = True
        self.timeline.horizon = -NEVER

    def run(self):
        """Replay everything up to the timeline's end, and fire what is due until then."""
        self._stopped = False
        try:
            self._loop(self.timeline.end)
        finally:
            self.timeline.horizon = NEVER

    cdef int _loop(self, int64_t limit) except -1:
        cdef Timeline timeline = self.timeline
        cdef int64_t first, alarm, rest
        cdef Source source
        cdef Columns columns
        cdef Py_ssize_t current, turns = 0
        if timeline.dirty:
            timeline.settle()
        while not self._stopped:
            first = self._heads.time()
            alarm = timeline.next_alarm()
            if alarm < first:
                rest = self.last if first == NEVER and limit == NEVER else limit
                if alarm > rest:
                    break
                timeline.fire_next()
                continue
            if first == NEVER or first > limit:
                break
            # Data at a time comes before what is due at that time.
            timeline.horizon = min(
                self._heads.rest(), alarm + 1 if alarm < limit else after(limit)
            )
            current = self._current = self._heads.first()
            source = <Source>PyList_GET_ITEM(self.sources, current)
            columns = source._columns
            source.run(self)
            self._heads.set(current, source.head)
            if isinstance(source, BarSource):
                self._bars.set(current, source.head)
            turns += 1
            if columns is not source._columns or turns & 1023 == 0:
                PyErr_CheckSignals()
                if self.progress is not None:
                    self.progress(timeline.now, self.rows)
        if limit != NEVER and limit > timeline.now and not self._stopped:
            timeline.now = limit
        return 0

    cdef int64_t next_bar(self) noexcept:
        """Return when the next bar of any other source than the current comes."""
        return self._bars.others(self._current)

    cdef int bar_datum(self, int64_t ts) except -1:
        """Process the bars of all sources at `ts` as one.

        All are observed before any venue matches, all venues match before anyone is told.
        """
        cdef list datum = []
        cdef Py_ssize_t number
        cdef BarSource source
        cdef BarFeed feed
        cdef MarketState market
        while self._bars.time() == ts:
            number = self._bars.first()
            source = <BarSource>self.sources[number]
            while source.head == ts:
                source.take_row(datum)
            self._bars.set(number, source.head)
            self._heads.set(number, source.head)
        for row in datum:
            feed = row[0]
            market = feed.market
            if market._staged:
                market.match_bars(ts)
        for feed, open_, high, low, close, volume, ts_event, is_revision in datum:
            feed.tell(open_, high, low, close, volume, ts_event, ts, is_revision)
        if self.timeline.dirty:
            self.timeline.settle()
        return 0


cdef inline int64_t after(int64_t time) noexcept:
    return time if time == NEVER else time + 1
