"""JSON, MessagePack and Arrow for every domain object.

Arrow is in `argosy.serialization.arrow`, which loads pyarrow.
"""

from argosy.serialization.json import from_json, to_json
from argosy.serialization.msgpack import from_msgpack, to_msgpack
from argosy.serialization.registry import register_type

__all__ = ["from_json", "from_msgpack", "register_type", "to_json", "to_msgpack"]
