"""Plain twin of the ring."""

from collections import deque
from collections.abc import Sequence

from argosy.errors import ValueRangeError


class Ring:
    def __init__(self, width: int, capacity: int) -> None:
        if width < 1 or capacity < 1:
            raise ValueRangeError(f"a ring needs width and capacity >= 1, was {width}, {capacity}")
        self.width = width
        self.capacity = capacity
        self._rows: deque[tuple[int, ...]] = deque(maxlen=capacity)

    def __len__(self) -> int:
        return len(self._rows)

    def append(self, values: Sequence[int]) -> None:
        if len(values) != self.width:
            raise ValueRangeError(f"a row has {self.width} values, was {len(values)}")
        self._rows.appendleft(tuple(values))

    def __getitem__(self, back: int) -> tuple[int, ...]:
        if back < 0 or back >= len(self._rows):
            raise IndexError(f"row {back} of a ring that holds {len(self._rows)}")
        return self._rows[back]

    def value(self, back: int, column: int) -> int:
        if not (0 <= back < len(self._rows) and 0 <= column < self.width):
            raise IndexError(f"value {back}, {column} of a ring that holds {len(self._rows)} rows")
        return self._rows[back][column]

    def clear(self) -> None:
        self._rows.clear()
