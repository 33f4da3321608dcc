"""Custom data: objects of a user's own types, told apart by class and metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


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


def custom_topic(data_type: DataType) -> str:
    """Return the topic of a type of custom data; metadata is in the order of its keys."""
    return data_type.topic


def _topic(kind: type, metadata: Mapping[str, Any]) -> str:
    suffix = "".join(f".{key}={metadata[key]}" for key in sorted(metadata))
    return f"data.custom.{kind.__module__}.{kind.__qualname__}{suffix}"
