"""What loaders are given: samples of files, and files that report their progress."""

import gzip
from pathlib import Path

import pytest

from argosy.errors import DataError
from argosy.parts.loader import SAMPLE_BYTES, Load, Sample


def test_a_sample_is_the_unpacked_beginning(tmp_path: Path) -> None:
    path = tmp_path / "BTCUSDT-Trades.CSV.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n" * 50_000))
    sample = Sample.of(path)
    assert ("btcusdt-trades.csv", SAMPLE_BYTES) == (sample.name, len(sample.head))
    assert ["a,b", "1,2"] == sample.lines[:2]


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (b"", []),
        (b"one", ["one"]),
        (b"one\ntwo", ["one", "two"]),
        (b"\xef\xbb\xbfone\ntwo", ["one", "two"]),
        ("é".encode()[:1], []),
        ("one\né".encode()[:-1], ["one"]),
        (b"one\n\xff\xfe more", []),
        ((b"x" * 99 + b"\n") * 700, None),
    ],
)
def test_lines_are_whole_lines_of_text(head: bytes, lines: list[str] | None) -> None:
    sample = Sample(Path("x"), head[:SAMPLE_BYTES])
    expected = ["x" * 99] * (SAMPLE_BYTES // 100) if lines is None else lines
    assert expected == sample.lines


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"one\ntwo", None),
        (b"\xef\xbb\xbfone", None),
        (b"x" * (SAMPLE_BYTES - 1) + "é".encode()[:1], None),  # the rest is behind the sample
        (b"one\xe9two", "byte 3 is 0xe9"),
        (b"one\xe9", "byte 3 is 0xe9"),
        (b"one\0two\xe9", "byte 3 is NUL"),
    ],
)
def test_what_is_not_text_is_told(head: bytes, why: str | None) -> None:
    assert why == Sample(Path("x"), head).no_text


def test_an_opened_file_moves_the_progress(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b"x" * 1000)
    taken: list[int] = []
    load = Load([path], on_read=taken.append)
    with load.open(path) as file:
        assert 1000 == len(file.read())
    load.advance(5)
    assert 1005 == sum(taken)


def test_nobody_has_to_watch(tmp_path: Path) -> None:
    load = Load([tmp_path / "none"])
    load.advance(1)
    assert {} == load.instruments
    with pytest.raises(DataError, match="none: the file cannot be read"):
        load.open(load.files[0])
