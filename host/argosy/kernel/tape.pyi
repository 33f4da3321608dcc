from typing import Generic, TypeVar

from argosy.kernel.ring import Ring
from argosy.model.data import QuoteTick, TradeTick
from argosy.model.identifiers import InstrumentId

_T = TypeVar("_T")

class Tape(Generic[_T]):
    instrument_id: InstrumentId
    price_precision: int
    size_precision: int
    ring: Ring
    def __len__(self) -> int: ...
    def __getitem__(self, back: int) -> _T: ...

class QuoteTape(Tape[QuoteTick]):
    def __init__(
        self, instrument_id: InstrumentId, price_precision: int, size_precision: int, capacity: int
    ) -> None: ...

class TradeTape(Tape[TradeTick]):
    def __init__(
        self, instrument_id: InstrumentId, price_precision: int, size_precision: int, capacity: int
    ) -> None: ...
