"""Bar aggregations: when a bar is full.

.. code-block:: python

    class RangeAggregator(Aggregator):
        def on_tick(self, price: int, size: int, aggressor: int, ts: int) -> None:
            self.update(price, size)
            if self.high - self.low >= self.step:
                self.emit(ts, ts)

    def build(bar_type, price_precision, size_precision, options, rank) -> Aggregator:
        return RangeAggregator(bar_type, price_precision, size_precision, rank)

    @hookimpl
    def register_bar_aggregations(
        register: Register[Aggregator, [BarType, int, int, BarOptions, int]],
    ) -> None:
        register("RANGE", build, doc="Close a bar once high and low are a step apart.")

The name is the aggregation in a bar type, as in ``EUR/USD.SIM-12-RANGE-BID-INTERNAL``.
`argosy.testing.bar_aggregations.check_bar_aggregation` checks one.

*Who calls the factory when*: the data engine, once for each bar type that something subscribes to,
with the decimals of the prices and sizes that it is going to be fed, what [bars] says of the type,
and its rank among timers (0 on ticks, n + 1 on bars of one of rank n). It may raise an
`argosy.errors.ConfigError` for options that do not go together. Settings of the aggregation, if it
has any, come as the keyword ``settings``.

*Who calls the aggregator when*: replay, for each row of its source in the order of time: `on_tick`
(or `tick` of a compiled one) with a raw price and size, the aggressor and ns, `on_bar` (or `bar`)
where it is fed with bars. It promises to say each bar once, with `emit`, not before it is known
(`ts_init` <= now), the low at most the open and the close and the high at least, and the same bars
whatever the batches. What it raises ends the run.

The class is compiled and lies in the kernel, whose replay calls it for each row; it is named here
for whoever writes one. Compiled plugins cimport it from `argosy.plug.aggregator`.
"""

from dataclasses import dataclass
from typing import Literal

from argosy.kernel.aggregator import Aggregator, BarSink

__all__ = ["Aggregator", "BarOptions", "BarSink", "Interval", "TimeOf"]

Interval = Literal["left-open", "right-open"]
TimeOf = Literal["init", "event"]


@dataclass(frozen=True, slots=True)
class BarOptions:
    """Options of one bar type.

    Parameters
    ----------
    interval : which end of a time bar belongs to it; "left-open" is (start, end]
    by : which timestamp of a tick decides its bar; "event" with a build delay counts late ticks
    build_with_no_updates : whether an interval without a tick gives a bar
    build_delay_ns : how long after its end a time bar is emitted, >= 0; its stamps do not move
    skip_first_non_full : whether a first bar that began before the data is dropped
    origin_offset_ns : shift of the time bars' grid, >= 0
    timestamp_on_close : whether `ts_event` of a left-open time bar is its end, else its beginning
    session : hours in which time bars are built, such as "Mon-Fri 09:30-16:00 America/New_York"
    """

    interval: Interval = "left-open"
    by: TimeOf = "init"
    build_with_no_updates: bool = True
    build_delay_ns: int = 0
    skip_first_non_full: bool = False
    origin_offset_ns: int = 0
    timestamp_on_close: bool = True
    session: str | None = None
