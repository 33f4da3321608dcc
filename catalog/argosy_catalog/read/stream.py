"""Streams of the catalog: sorted batches of one key, read from the files of one snapshot."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from queue import Full, Queue
from threading import Event, Thread
from typing import Any

from argosy.errors import CatalogError
from argosy.kernel.stream import BATCH_ROWS, Stream
from argosy_catalog.hindsight.alteration import Alteration
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.parquet import NS_MAX, NS_MIN, read_batches
from argosy_catalog.read.holds import Hold

_END = object()
_POLL_S = 0.05


class CatalogStream(Stream):
    """Rows of one instrument or bar type at one precision.

    The files are those of the snapshot at which the stream was made, whatever is written later.

    Parameters
    ----------
    files : of one table and key, in the order of time
    prefetch : how many batches a second thread decodes ahead; 0 decodes where they are used
    hold : keeps their snapshot from expiring, where it can be kept
    altered : what becomes of rows in the search for lookahead
    """

    def __init__(
        self,
        files: Sequence[DataFile],
        *,
        batch_rows: int = BATCH_ROWS,
        prefetch: int = 0,
        hold: Hold | None = None,
        altered: Alteration | None = None,
    ) -> None:
        table = files[0].table
        super().__init__(
            table.kind.data_type,
            table.kind.key(files[0].key),
            table.price_precision,
            table.size_precision,
        )
        self.files = tuple(files)
        self.kind = table.kind
        self.batch_rows = batch_rows
        self.prefetch = prefetch
        self.hold = hold
        self._schema = table.row_schema
        self.altered = altered

    @property
    def rows(self) -> int:
        """How many rows the files hold."""
        files = self.files if self.altered is None else self.altered.files(self.files)
        return sum(file.rows for file in files)

    @property
    def span(self) -> tuple[int, int]:
        """The times (ns) of the first and the last row."""
        return self.files[0].first_ns, self.files[-1].last_ns

    def check(self) -> None:
        """Read the footer of each file: one that was cut off or is lost has none."""
        with self._errors():
            for file in self.files:
                for _ in read_batches(file.path, self._schema, NS_MAX, NS_MAX, self.batch_rows):
                    pass

    def batches(self, start_ns: int | None = None, end_ns: int | None = None) -> Iterator[Any]:
        """Yield RecordBatches of rows with start <= ts_init <= end (ns), in that order."""
        start = NS_MIN if start_ns is None else start_ns
        end = NS_MAX if end_ns is None else end_ns
        batches = self._read(start, end)
        return self._told(ahead(batches, self.prefetch) if self.prefetch else batches)

    def _told(self, batches: Iterator[Any]) -> Iterator[Any]:
        with self._errors():
            yield from batches

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Say that the snapshot has expired, where that is why a file is missing."""
        try:
            yield
        except CatalogError as error:
            if self.hold is not None and isinstance(error.__cause__, FileNotFoundError):
                self.hold.require()
            raise

    def _read(self, start: int, end: int) -> Iterator[Any]:
        for file in self.files:
            if file.overlaps(start, end):
                batches = read_batches(file.path, self._schema, start, end, self.batch_rows)
                yield from batches if self.altered is None else self.altered.batches(file, batches)


def ahead(batches: Iterator[Any], depth: int) -> Iterator[Any]:
    """Yield what `batches` yields, made by a second thread up to `depth` items ahead."""
    queue: Queue[Any] = Queue(depth)
    stopped = Event()

    def offer(item: Any) -> bool:
        while not stopped.is_set():
            try:
                queue.put(item, timeout=_POLL_S)
            except Full:
                continue
            return True
        return False

    def make() -> None:
        try:
            with closing(batches):  # type: ignore[type-var]  # generators close
                for batch in batches:
                    if not offer(batch):
                        return
            offer(_END)
        except BaseException as error:  # raised again where the rows are used
            offer(error)

    thread = Thread(target=make, name="argosy-prefetch", daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not _END:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        thread.join()
