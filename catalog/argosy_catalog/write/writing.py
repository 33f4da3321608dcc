"""Writing into a lake: objects, Arrow rows and files, each load all or nothing."""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argosy.errors import CatalogError
from argosy.model.bar_type import BarType
from argosy.model.instruments import Instrument
from argosy_catalog.lake.instruments import read_instruments
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.times import Moment, ns_of
from argosy_catalog.write.duplicates import OnDuplicate
from argosy_catalog.write.policies import OnOverlap
from argosy_catalog.write.writer import MarketWriter

if TYPE_CHECKING:
    from argosy.parts.loader import Loader
    from argosy.parts.registration import Parts
    from argosy_catalog.write.ingest import Loaded


_log = logging.getLogger("argosy.catalog")


class Writing:
    """What writes market data and definitions into a lake.

    Parameters
    ----------
    lake : to write into
    """

    def __init__(self, lake: Lake) -> None:
        self.lake = lake

    def writer(
        self, *, on_overlap: OnOverlap = "refuse", on_duplicate: OnDuplicate = "allow"
    ) -> MarketWriter:
        """Return a writer of batches; its rows become visible together, when its block ends.

        Parameters
        ----------
        on_overlap, on_duplicate : see `write`
        """
        return MarketWriter(self.lake, on_overlap=on_overlap, on_duplicate=on_duplicate)

    def write(
        self,
        data: Any,
        *,
        data_type: type | None = None,
        identifier: str | BarType | None = None,
        start: Moment = None,
        end: Moment = None,
        on_overlap: OnOverlap = "refuse",
        on_duplicate: OnDuplicate = "allow",
    ) -> int:
        """Write objects, or Arrow rows of one instrument or bar type, all or nothing.

        Parameters
        ----------
        data : an iterable of market data and instruments, sorted by `ts_init`; or a Table,
            RecordBatch or RecordBatchReader in the schema of its type
        data_type, identifier : what Arrow rows are, where their schema does not say; and whose
            time `start` and `end` are
        start, end : first and last moment of which `data` has every row, where that is more than
            from its first to its last; without rows the time is then known to be empty
        on_overlap : refuse rows in a time for which the catalog has rows; keep what it has, and
            add what lies outside of it; or replace what it has from the first to the last new row
            or from start to end
        on_duplicate : allow rows that equal another row of `data` in every column, as a venue may
            print one thing twice; refuse them; or drop all but the first

        Returns
        -------
        how many rows and new instruments were written

        Raises
        ------
        DataError : rows out of order, values out of range
        CatalogError : the catalog holds rows of the same key and time
        """
        with self.writer(on_overlap=on_overlap, on_duplicate=on_duplicate) as writer:
            if start is not None or end is not None:
                _cover(writer, data_type, identifier, start, end)
            if hasattr(data, "schema"):
                writer.append_arrow(data, data_type, identifier)
            else:
                writer.append_objects([data] if isinstance(data, Instrument) else data)
        return writer.rows

    def mark_empty(
        self, data_type: type, identifier: str | BarType, start: Moment, end: Moment
    ) -> None:
        """Note that there are no rows from start to end, both included: nobody need ask again.

        Raises
        ------
        CatalogError : the catalog has rows in that time
        """
        with self.writer() as writer:
            _cover(writer, data_type, identifier, start, end)

    def ingest(
        self,
        paths: Sequence[str | Path],
        loader: "str | Loader | None" = None,
        settings: Mapping[str, Any] | None = None,
        *,
        parts: "Parts | None" = None,
        on_overlap: OnOverlap = "refuse",
        on_duplicate: OnDuplicate = "allow",
    ) -> list["Loaded"]:
        """Load files, all of them or none.

        Parameters
        ----------
        paths : the earliest first
        loader : the name of one, an object with `guess` and `load`, or None to guess from each file
        settings : of a loader that is named or guessed, spelled as in a file for ``--map``
        parts : where loaders are found; those of the installed plugins where None
        on_overlap, on_duplicate : see `write`

        Raises
        ------
        DataError : with file and line or record
        """
        files = [Path(path) for path in paths]
        if loader is None or isinstance(loader, str):
            from argosy_catalog.write.choice import plan_ingest

            plan = plan_ingest(files, parts or _installed(), use=loader, options=settings)
        else:
            plan = [(files, loader)]
        return self.load(plan, on_overlap=on_overlap, on_duplicate=on_duplicate)

    def load(
        self,
        plan: Sequence[tuple[Sequence[Path], "Loader"]],
        *,
        on_read: Callable[[int], None] | None = None,
        on_note: Callable[[str], None] = _log.warning,
        on_overlap: OnOverlap = "refuse",
        on_duplicate: OnDuplicate = "allow",
    ) -> list["Loaded"]:
        """Load files whose loaders are known, all of them or none.

        Parameters
        ----------
        plan : files that stand together, with the loader that reads them; see `choice.plan_ingest`
        on_read : hears how many bytes were read more
        on_note : hears what the user should know: rows left out, a file that was read backwards
        on_overlap, on_duplicate : see `write`
        """
        from argosy_catalog.write.ingest import Ingest

        known = read_instruments(self.lake, None) if self.lake.exists else []
        with self.writer(on_overlap=on_overlap, on_duplicate=on_duplicate) as writer:
            work = Ingest(writer, {str(each.id): each for each in known})
            for files, loader in plan:
                work.read(files, loader, on_read, on_note)
            work.finish()
        return work.report()


def _installed() -> "Parts":
    """Return the parts that are installed, for who writes from Python and was handed none."""
    from argosy import PluginHost

    return PluginHost.installed()


def _cover(
    writer: MarketWriter,
    data_type: type | None,
    identifier: str | BarType | None,
    start: Moment,
    end: Moment,
) -> None:
    """Say which time a load has every row of."""
    if data_type is None or identifier is None or start is None or end is None:
        raise CatalogError(
            "a time that is covered has a start, an end and an owner",
            place="write_data",
            cure="Give start, end, data_type and identifier",
        )
    key = writer.lake.kinds.of(data_type).key(str(identifier))
    writer.cover(data_type, key, ns_of(start, 0), ns_of(end, 0))
