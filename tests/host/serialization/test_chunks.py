"""What a log is done with: packed out of the way, and read back as it was."""

import hashlib
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.serialization.chunks import Chunks

PARTS = st.lists(st.binary(min_size=1, max_size=100), max_size=20)


def filled(parts: list[bytes]) -> Chunks:
    chunks = Chunks()
    for part in parts:
        chunks.add(part)
    return chunks


@given(PARTS)
def test_they_are_read_back_as_they_were_added(parts: list[bytes]) -> None:
    chunks = filled(parts)
    found = list(chunks.read())
    assert parts == [data for _, data in found]
    assert [sum(map(len, parts[:n])) for n in range(len(parts))] == [begin for begin, _ in found]
    assert sum(map(len, parts)) == chunks.size


@given(PARTS)
def test_the_digest_is_that_of_all_of_them(parts: list[bytes]) -> None:
    assert hashlib.sha256(b"".join(parts)).hexdigest() == filled(parts).digest().hexdigest()


def test_a_digest_may_be_gone_on_with() -> None:
    chunks = filled([b"one", b"two"])
    digest = chunks.digest()
    digest.update(b"three")
    assert hashlib.sha256(b"onetwothree").hexdigest() == digest.hexdigest()
    assert hashlib.sha256(b"onetwo").hexdigest() == chunks.digest().hexdigest()


@pytest.mark.parametrize(
    ("first", "begins"), [(0, [0, 3, 5]), (2, [0, 3, 5]), (3, [3, 5]), (7, [5]), (8, [])]
)
def test_reading_begins_with_the_chunk_that_holds_a_byte(first: int, begins: list[int]) -> None:
    chunks = filled([b"abc", b"de", b"fgh"])
    assert begins == [begin for begin, _ in chunks.read(first)]


def test_packing_that_fails_is_not_kept_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    chunks = filled([b"one"])

    def fail(data: bytes) -> bytes:
        raise MemoryError

    monkeypatch.setattr(chunks, "_pack", fail)
    chunks.add(b"two")
    chunks.add(b"three")
    with pytest.raises(MemoryError):
        chunks.digest()
    with pytest.raises(MemoryError):
        list(chunks.read())


def test_there_is_no_thread_before_the_first_chunk_nor_after_the_last_look() -> None:
    before = set(threading.enumerate())
    chunks = Chunks()
    chunks.digest()
    assert before >= set(threading.enumerate())
    chunks.add(b"some")
    chunks.digest()
    (thread,) = set(threading.enumerate()) - before
    del chunks
    thread.join(5)
    assert not thread.is_alive()
