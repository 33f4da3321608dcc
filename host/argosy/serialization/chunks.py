"""Bytes that a log is done with: hashed and packed on a second thread while it goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hashlib import _Hash


class Chunks:
    """A growing sequence of bytes that goes out of the way in chunks.

    One thread takes them in their order, so that the hash is that of all of them. It begins with
    the first chunk: a short log has no thread.
    """

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()
        self._packed: list[tuple[int, Future[bytes]]] = []
        self._thread: ThreadPoolExecutor | None = None
        self._codec: Any = None

    def add(self, data: bytes) -> None:
        """Take the next bytes."""
        if self._thread is None:
            from pyarrow import Codec

            self._codec = Codec("lz4")
            self._thread = ThreadPoolExecutor(1, "event-log")
        self.size += len(data)
        self._packed.append((len(data), self._thread.submit(self._pack, data)))

    def digest(self) -> _Hash:
        """Return a SHA-256 of everything that was added, to go on with.

        Raises
        ------
        MemoryError : there was no memory for a chunk
        """
        for _, packed in self._packed:
            packed.result()
        return self._digest.copy()

    def read(self, first: int = 0) -> Iterator[tuple[int, bytes]]:
        """Yield each chunk and where it begins, from the chunk that holds byte number `first`.

        Raises
        ------
        MemoryError : there was no memory for a chunk
        """
        begin = 0
        for size, packed in self._packed:
            if begin + size > first:
                yield begin, self._codec.decompress(packed.result(), size, asbytes=True)
            begin += size

    def _pack(self, data: bytes) -> bytes:
        self._digest.update(data)
        packed: bytes = self._codec.compress(data, asbytes=True)
        return packed
