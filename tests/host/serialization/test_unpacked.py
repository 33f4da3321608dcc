"""Packed files, whole and damaged, as the bytes in them."""

import bz2
import gzip
import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argosy.errors import DataError
from argosy.serialization.unpacked import UnpackedFile

TEXT = b"".join(b"%d,%d\n" % (i, i * i) for i in range(20_000))


def zstd(data: bytes) -> bytes:
    packed: bytes = pa.compress(data, codec="zstd", asbytes=True)
    return packed


def lz4(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "lz4") as stream:
        stream.write(data)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def zipped(data: bytes, *names: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names or ("rows.csv",):
            archive.writestr(name, data)
    return sink.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": gzip.compress,
    "bz2": bz2.compress,
    "zstd": zstd,
    "lz4": lz4,
    "zip": zipped,
}


def read(path: Path) -> bytes:
    with UnpackedFile(path) as file:
        return io.BufferedReader(file).read()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.bin"


@pytest.mark.parametrize("packer", PACKERS)
def test_a_file_is_unpacked_whatever_its_name(path: Path, packer: str) -> None:
    path.write_bytes(PACKERS[packer](TEXT))
    assert TEXT == read(path)


@pytest.mark.parametrize("packer", ["gzip", "bz2", "zstd", "lz4"])
def test_files_that_were_joined_are_read_to_the_end(path: Path, packer: str) -> None:
    path.write_bytes(PACKERS[packer](TEXT) * 2)
    assert TEXT * 2 == read(path)


@pytest.mark.parametrize("packer", ["gzip", "bz2", "zstd", "lz4", "zip"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.999])
def test_a_file_that_is_cut_off_is_named(path: Path, packer: str, part: float) -> None:
    packed = PACKERS[packer](TEXT)
    path.write_bytes(packed[: int(len(packed) * part)])
    with pytest.raises(DataError, match=r"rows\.bin: the file cannot be read .*complete"):
        read(path)


def test_progress_is_told_in_bytes_of_the_file(path: Path) -> None:
    path.write_bytes(gzip.compress(TEXT))
    taken: list[int] = []
    with UnpackedFile(path, taken.append) as file:
        while file.read(10_000):
            pass
    assert path.stat().st_size == sum(taken)
    assert all(count > 0 for count in taken)


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("folder/",)])
def test_an_archive_holds_one_file(path: Path, names: tuple[str, ...]) -> None:
    path.write_bytes(zipped(b"", *names))
    with pytest.raises(DataError, match=r"the archive holds [02] files, one is expected"):
        read(path)


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_what_is_no_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="the file cannot be read"):
        read(tmp_path / name)


def test_a_member_without_a_name_is_damage(path: Path) -> None:
    packed = zipped(TEXT)
    path.write_bytes(packed.replace(b"rows.csv", b"\0ows.csv"))
    with pytest.raises(DataError, match="the file cannot be read"):
        read(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_damage_is_a_data_error_or_other_bytes(path: Path, data: st.DataObject) -> None:
    packer = data.draw(st.sampled_from(sorted(PACKERS)))
    packed = bytearray(PACKERS[packer](TEXT[:2000]))
    for _ in range(data.draw(st.integers(1, 3))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(packed[: data.draw(st.integers(0, len(packed)))])
    with suppress(DataError):  # and nothing else
        assert len(read(path)) < 10_000
