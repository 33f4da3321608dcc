"""Plain twin of tapes: rows are noted at once."""

from collections import deque
from typing import Any

from argosy.kernel.ring import Ring
from argosy.model.data import quote_from_raw, trade_from_raw


class Tape:
    def __init__(
        self, instrument_id: Any, price_precision: int, size_precision: int, capacity: int
    ) -> None:
        self.instrument_id = instrument_id
        self.price_precision = price_precision
        self.size_precision = size_precision
        self.ticks: deque[Any] = deque(maxlen=capacity)
        self.ring = Ring(6, capacity)

    def __len__(self) -> int:
        return len(self.ticks)

    def __getitem__(self, back: int) -> Any:
        if back < 0 or back >= len(self.ticks):
            raise IndexError(f"tick {back} of a tape that holds {len(self.ticks)}")
        return self.ticks[back]


class QuoteTape(Tape):
    def put(self, bid: int, ask: int, bid_size: int, ask_size: int, event: int, init: int) -> None:
        self.ring.append((bid, ask, bid_size, ask_size, event, init))
        self.ticks.appendleft(
            quote_from_raw(
                self.instrument_id,
                bid,
                ask,
                bid_size,
                ask_size,
                self.price_precision,
                self.size_precision,
                event,
                init,
            )
        )


class TradeTape(Tape):
    def put(self, price: int, size: int, aggressor: int, event: int, init: int, text: str) -> None:
        self.ring.append((price, size, aggressor, event, init, 0))
        self.ticks.appendleft(
            trade_from_raw(
                self.instrument_id,
                price,
                size,
                aggressor,
                text,
                self.price_precision,
                self.size_precision,
                event,
                init,
            )
        )
