from typing import TypeVar

_Name = TypeVar("_Name", bound=str)

def named(cls: type[_Name], text: str) -> _Name: ...
def numbered(
    cls: type[_Name], lead: str, number: int, clock: str = "", tags: str = ""
) -> _Name: ...
