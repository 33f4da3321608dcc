from typing import TypeVar

_T = TypeVar("_T")
LONG: int

def grown(items: tuple[_T, ...] | list[_T], item: _T) -> tuple[_T, ...] | list[_T]: ...
def record(items: list[_T]) -> tuple[_T, ...]: ...
