"""Custom data: objects of a user's own types, told apart by class and metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class DataType:
    """A class of custom data and, where one class has several streams, what tells them apart.

    Parameters
    ----------
    type : the class
    metadata : such as {"symbol": "X"}; part of the topic
    """

    __slots__ = ("metadata", "topic", "type")

    def __init__(self, type: type, metadata: Mapping[str, Any] | None = None) -> None:
        self.type = type
        self.metadata = dict(metadata or {})
        self.topic = _topic(type, self.metadata)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DataType) and self.type is other.type and self.topic == other.topic

    def __hash__(self) -> int:
        return hash(self.topic)

    def __repr__(self) -> str:
        return f"DataType({self.type.__name__}, {self.metadata})"


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a query that a [[data]] table declares; its columns are attributes.

    ``subscribe_data(DataType(Feature, {"name": "zscore"}))`` asks for the rows of one query.

    Parameters
    ----------
    name : of the query, as the system file gives it
    ts_event, ts_init : ns; when it happened (as `ts_init`, unless the query tells), and became
        known
    """

    name: str
    ts_event: int
    ts_init: int

    def __getattr__(self, column: str) -> Any:
        """Name the columns that there are: only one that is missing is looked up here."""
        own = [each for each in self.__struct_fields__ if each != "name"]
        raise AttributeError(f"feature {self.name!r} has no {column!r}; it has {', '.join(own)}")


def custom_topic(data_type: DataType) -> str:
    """Return the topic of a type of custom data; metadata is in the order of its keys."""
    return data_type.topic


def _topic(kind: type, metadata: Mapping[str, Any]) -> str:
    suffix = "".join(f".{key}={metadata[key]}" for key in sorted(metadata))
    return f"data.custom.{kind.__module__}.{kind.__qualname__}{suffix}"
