from typing import TypeVar

_Name = TypeVar("_Name", bound=str)

def named(cls: type[_Name], text: str) -> _Name: ...
