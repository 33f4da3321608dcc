"""Files as the bytes that were packed into them: gzip, bzip2, Zstandard, LZ4 and ZIP."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from argosy.errors import DataError

_MAGIC = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bz2",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x04\x22\x4d\x18": "lz4",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",  # without a member
}
SUFFIXES = (".gz", ".bz2", ".zst", ".lz4", ".zip")


class UnpackedFile(io.RawIOBase):
    """A file to read, unpacked where its first bytes, not its name, say that it is packed.

    Parameters
    ----------
    path : of the file
    on_read : told how many bytes of the file itself each read took

    Raises
    ------
    DataError : the file cannot be opened, is cut off, or is damaged
    """

    def __init__(self, path: Path, on_read: Callable[[int], None] | None = None) -> None:
        self.path = path
        self._on_read = on_read
        self._taken = 0
        self._closers: list[Any] = []
        with self._errors():
            self._file: IO[bytes] = path.open("rb")
            self._closers.append(self._file)
            try:
                self._stream = self._unpack()
            except BaseException:
                self.close()
                raise

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer; see `io.RawIOBase`."""
        with self._errors():
            data = self._stream.read(len(buffer))
            taken = self._file.tell()
        buffer[: len(data)] = data
        if self._on_read is not None and taken > self._taken:
            self._on_read(taken - self._taken)
        self._taken = max(taken, self._taken)
        return len(data)

    def close(self) -> None:
        """Close the file."""
        while self._closers:
            self._closers.pop().close()
        super().close()

    def _unpack(self) -> Any:
        head = self._file.read(4)
        self._file.seek(0)
        kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
        if kind is None:
            return self._file
        stream = self._member() if kind == "zip" else _decompressed(self._file, kind)
        self._closers.append(stream)
        return stream

    def _member(self) -> IO[bytes]:
        archive = zipfile.ZipFile(self._file)
        self._closers.append(archive)
        names = [each.filename for each in archive.infolist() if not each.is_dir()]
        if len(names) != 1:
            raise DataError(
                f"the archive holds {len(names)} files, one is expected",
                place=str(self.path),
                cure="Unpack it and give the files",
            )
        return archive.open(names[0])

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DataError:
            raise
        except Exception as error:  # packers raise whatever damaged bytes make them do
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise DataError(
                f"the file cannot be read ({reason})",
                place=str(self.path),
                cure="See whether it is there, complete and undamaged",
            ) from error


def _decompressed(file: IO[bytes], kind: str) -> Any:
    import pyarrow as pa

    return pa.CompressedInputStream(pa.PythonFile(file, "r"), kind)
