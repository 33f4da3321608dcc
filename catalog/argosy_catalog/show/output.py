"""Where the rows of a query go: to stdout or into a file, as text or as Arrow and Parquet."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from argosy.errors import CatalogError, InputError
from argosy_catalog.show.printing import write_text

TEXT = ("table", "csv", "json")
BINARY = ("arrow", "parquet")
FORMATS = TEXT + BINARY

_SUFFIXES = {f".{form}": form for form in ("csv", "json", "arrow", "parquet")}


def format_of(form: str | None, output: Path | None) -> str:
    """Return the chosen format, or that of a file's name; a table otherwise.

    Raises
    ------
    InputError : the name of the file tells no format
    """
    if form is not None:
        return form
    if output is None:
        return "table"
    known = _SUFFIXES.get(output.suffix.lower())
    if known is None:
        raise InputError(
            f"{output.name!r} tells no format",
            place="--output",
            cure=f"Add --format {'|'.join(FORMATS)}, or name the file *{', *'.join(_SUFFIXES)}",
        )
    return known


def write_rows(reader: Any, form: str, output: Path | None = None) -> None:
    """Write rows while they are read.

    Parameters
    ----------
    reader : RecordBatchReader
    form : one of `FORMATS`
    output : a file, which appears when it is complete; stdout where None

    Raises
    ------
    InputError : bytes would go to a terminal
    CatalogError : the file cannot be written
    """
    if output is not None:
        with _replacing(output) as file:
            _write(reader, form, file)
        return
    if form in BINARY and sys.stdout.isatty():
        raise InputError(
            f"{form} is not for a terminal",
            place="--format",
            cure="Add --output FILE, or send it on with | or >",
        )
    with _until_nobody_reads():
        if form in TEXT:
            write_text(reader.schema, reader, form, sys.stdout)
        else:
            sys.stdout.flush()
            _write(reader, form, sys.stdout.buffer)
        sys.stdout.flush()


def _write(reader: Any, form: str, file: IO[bytes]) -> None:
    if form == "arrow":
        _as_arrow(reader, file)
    elif form == "parquet":
        _as_parquet(reader, file)
    else:
        with _Lines(file) as lines:
            write_text(reader.schema, reader, form, lines.text)


class _Lines:
    """Text over a binary file that stays open."""

    def __init__(self, file: IO[bytes]) -> None:
        import io

        self.text = io.TextIOWrapper(file, encoding="utf-8", newline="")

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(self, *_: object) -> None:
        self.text.flush()
        self.text.detach()


def _as_arrow(reader: Any, file: IO[bytes]) -> None:
    with pa.ipc.new_stream(_Counted(file), reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)


def _as_parquet(reader: Any, file: IO[bytes]) -> None:
    from pyarrow import parquet

    try:
        with parquet.ParquetWriter(_Counted(file), reader.schema, compression="zstd") as writer:
            for batch in reader:
                writer.write_batch(batch)
    except pa.ArrowNotImplementedError as error:
        raise CatalogError(
            f"Parquet does not take every column of this ({error})",
            place="--format",
            cure="Write intervals and the like as text: SELECT column::VARCHAR",
        ) from error


class _Counted:
    """A file that only knows how to write, with the position that formats ask for."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._position = 0

    def write(self, data: Any) -> int:
        self._file.write(data)
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        """Leave the file open: whoever opened it closes it."""

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """Lend a file that takes the place of `path` when the block ends, and vanishes if it raises."""
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            made = Path(file.name)
            try:
                yield file
                file.flush()
                os.fsync(file.fileno())
                mask = os.umask(0)
                os.umask(mask)
                made.chmod(0o666 & ~mask)  # a temporary file is for its owner alone
                made.replace(path)
            except BaseException:
                made.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CatalogError(
            f"the file cannot be written ({error.strerror or error})",
            place=str(path),
            cure="Name a file in a folder that exists and has room",
        ) from error


@contextmanager
def _until_nobody_reads() -> Iterator[None]:
    """End quietly when the reader of stdout has seen enough, as `head` has."""
    try:
        yield
    except BrokenPipeError:
        with suppress(OSError, ValueError):
            # Else Python complains when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
