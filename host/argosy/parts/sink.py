"""Sinks: what a run takes in and what comes of it, told while the run goes on.

.. code-block:: python

    class Screen(Sink):
        topics = ("events.order.*",)

        def tell(self, topic: str, message: Any) -> None:
            print(message)

    @hookimpl
    def register_sinks(register: Register[Sink]) -> None:
        register("screen", lambda settings: Screen(), doc="Print each event of an order.")

and in a system file ``[[sinks]] use = "screen"``. `argosy.testing.sinks.check_sink` checks one.

A sink stands beside the hot path. The host hands it whole batches that the kernel is through with,
never a row that nobody looks at; without a sink nothing of this is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argosy.model.instruments import Instrument
    from argosy.serialization.eventlog import EventLog

OBJECTS = "objects"
"""The key of a channel of objects of several types."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One source of a run's rows: a stream of market data, or a list of other objects.

    Rows of all channels come in the order of (`ts_init`, channel number, row): that is how the
    kernel merges them.

    Parameters
    ----------
    number : its place among the declared sources, from 0
    data_type : QuoteTick, TradeTick, Bar or OrderBookDelta; None for objects, which come as a list
    key : InstrumentId, or BarType for bars; the name of their type for objects
    price_precision, size_precision : of every row, 0 for objects
    """

    number: int
    data_type: type | None
    key: Any
    price_precision: int = 0
    size_precision: int = 0


@dataclass(frozen=True, slots=True)
class SinkRun:
    """The run that a sink is going to hear of.

    Parameters
    ----------
    run_id, name, mode, trader_id, seed : as the result has them
    settings : every setting of the system as plain JSON values
    versions : of what the result depends on
    snapshot : of the catalog that data are read at; None where they come from memory
    instruments : the definitions that the run begins with
    channels : where rows come from, in declared order
    begin_ns : time of the run before its first row
    log : the event log; it grows while the run goes on
    """

    run_id: str
    name: str
    mode: str
    trader_id: str
    seed: int
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    snapshot: int | None
    instruments: Sequence[Instrument]
    channels: Sequence[Channel]
    begin_ns: int
    log: EventLog = field(repr=False)


class Sink:
    """Hear what happens in a run; derive from it and override what you need.

    What a method raises ends the run, unless it is told after the run has failed. Whoever can do
    without what it writes catches its own errors.

    Attributes
    ----------
    topics : patterns of the bus (`*` any run of characters, `?` one) whose messages it wants
    flush_rows : a `cut` comes before any channel has moved on by more rows than this
    flush_interval_ns : a `cut` comes where this much time of the run has passed; None for no such
    """

    topics: Sequence[str] = ()
    flush_rows: int = 65_536
    flush_interval_ns: int | None = None

    def wants(self, channel: Channel) -> bool:
        """Return whether the rows of a channel shall be told; asked once, before `begin`."""
        return False

    def begin(self, run: SinkRun) -> None:
        """Hear that a run begins: everything is built, no row was taken; open what you write to."""

    def take(self, channel: Channel, rows: Any) -> None:
        """Hear of rows that the kernel has taken: a RecordBatch, or a list of objects.

        Of one channel they come in order and once. A RecordBatch lives as long as it is referenced.
        """

    def take_past(self, channel: Channel, rows: Any) -> None:
        """Hear of rows from before the run that a component asked for: a RecordBatch.

        Each row comes once. Where a later request reaches further back, older rows follow newer.
        """

    def tell(self, topic: str, message: Any) -> None:
        """Hear a message of the bus, after everyone else; `topic` is the pattern it came by."""

    def cut(self, before_ns: int) -> None:
        """Hear that of all channels every row with ts_init < before_ns was told, and none later.

        What is written by now is worth keeping: the next cut may never come.
        """

    def end(self, error: BaseException | None) -> None:
        """Hear that the run is over, after the last `cut`; close everything.

        Where a cut was broken off, such as by Ctrl-C, rows were told that no `cut` follows.

        Parameters
        ----------
        error : what ended it early, None where nothing did
        """
