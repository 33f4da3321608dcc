"""Loaders: formats of files that ``argosy catalog ingest`` reads.

.. code-block:: python

    class Words:
        def guess(self, sample: Sample) -> str | None:
            return "its suffix" if sample.name.endswith(".words") else None

        def load(self, load: Load) -> Iterator[Any]:
            for path in load.files:
                with load.open(path) as file:
                    yield from (quote_of(line) for line in file)

    @hookimpl
    def register_loaders(register: Register[Loader]) -> None:
        register("words", lambda settings: Words(), doc="Read quotes in words.")

`argosy.testing.loaders.check_loader` checks one.

*Who calls it when*: the command, `guess` of every loader with the beginning of each file that no
``--loader`` was named for, then `load` of the chosen one, once for all of its files. What goes in
and out is here: `Sample`, `Load`; `Rows`, `Covered`, instruments and other objects of market data.
"""

import codecs
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.instruments import Instrument
from argosy.model.kinds import KINDS, Kinds
from argosy.serialization.unpacked import SUFFIXES, UnpackedFile

SAMPLE_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file, which a loader looks at to tell whether it knows the format.

    Parameters
    ----------
    path : of the file
    head : its first bytes, unpacked, 64 KiB at most
    """

    path: Path
    head: bytes

    @classmethod
    def of(cls, path: Path) -> "Sample":
        """Read the beginning of a file.

        Raises
        ------
        DataError : the file cannot be read
        """
        with io.BufferedReader(UnpackedFile(path)) as file:
            return cls(path, file.read(SAMPLE_BYTES))

    @property
    def name(self) -> str:
        """The name of the file in lower case, without the suffix of its packing."""
        name = self.path.name.lower()
        for suffix in SUFFIXES:
            name = name.removesuffix(suffix)
        return name

    @property
    def no_text(self) -> str | None:
        """Why the first bytes are not text in UTF-8; None where they are."""
        if (place := self.head.find(0)) >= 0:
            return f"byte {place} is NUL"
        try:
            self.head.decode()
        except UnicodeDecodeError as error:
            if error.end < len(self.head) or len(self.head) < SAMPLE_BYTES:
                return f"byte {error.start} is 0x{self.head[error.start]:02x}"
        return None

    @property
    def lines(self) -> list[str]:
        """The first lines of text, without one that is cut off; none of a file that is not text."""
        head = self.head.removeprefix(codecs.BOM_UTF8)
        try:
            text = head.decode()
        except UnicodeDecodeError as error:
            if error.end < len(head) or not head[: error.start]:
                return []
            text = head[: error.start].decode()
        lines = text.splitlines()
        return lines[:-1] if len(self.head) == SAMPLE_BYTES else lines


class Load:
    """Files to load, and what is known while they are loaded.

    Parameters
    ----------
    files : the earliest first
    instruments : definitions by id: of the catalog, and those that loaders have yielded so far
    on_read : told how many bytes of the files were read
    kinds : the kinds of data that the catalog knows
    on_note : told what the user should know of a file that was loaded
    """

    def __init__(
        self,
        files: Iterable[Path],
        instruments: Mapping[str, Instrument] | None = None,
        on_read: Callable[[int], None] | None = None,
        kinds: Kinds = KINDS,
        on_note: Callable[[str], None] | None = None,
    ) -> None:
        self.files = tuple(files)
        self.instruments: Mapping[str, Instrument] = {} if instruments is None else instruments
        self.kinds = kinds
        self._on_read = on_read
        self._on_note = on_note

    def open(self, path: Path) -> io.BufferedReader:
        """Open a file, unpacked; reading it moves the progress.

        Raises
        ------
        DataError : now or while reading: the file is missing, cut off or damaged
        """
        return io.BufferedReader(UnpackedFile(path, self._on_read), 1 << 18)

    def tell(self, note: str) -> None:
        """Tell the user what he may not expect: rows left out, a file that was read backwards."""
        if self._on_note is not None:
            self._on_note(note)

    def advance(self, count: int) -> None:
        """Move the progress by bytes of the files that something else than `open` has read."""
        if self._on_read is not None:
            self._on_read(count)


@dataclass(frozen=True, slots=True)
class Rows:
    """A batch of market data of one key, sorted by `ts_init`.

    Parameters
    ----------
    batch : a RecordBatch in the schema of `argosy.serialization.arrow`, its metadata naming the key
    place : says where a row of the batch, from 0, stands: file and line or record
    has_ids : False of trades whose ids only number them, as they have none of their own
    in_order : False of formats that are published out of order: the catalog sorts what is
    """

    batch: Any
    place: Callable[[int], str]
    has_ids: bool = True
    in_order: bool = True


@dataclass(frozen=True, slots=True)
class Covered:
    """A span of which everything is known: where no rows are, there were none.

    Parameters
    ----------
    data_type : such as QuoteTick
    start_ns, end_ns : of `ts_init`, both inclusive
    """

    data_type: type
    key: InstrumentId | BarType | Venue
    start_ns: int
    end_ns: int


class Loader(Protocol):
    """One format of files, as a factory of ``register_loaders`` built it."""

    def guess(self, sample: Sample) -> str | None:
        """Say why a file seems to be of this format; None where it does not."""
        ...

    def load(self, load: Load) -> Iterator[Any]:
        """Yield what files hold, as it is read.

        Yields
        ------
        `Instrument`, before the rows that need it; `Rows`; `Covered`; and any other object that
        ``catalog.write_data`` takes, such as a quote or a status update

        Raises
        ------
        DataError : with file and line or record
        """
        ...
