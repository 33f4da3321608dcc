"""Snapshots that are being read: while somebody holds one, `expire` leaves it.

In a folder a run and each stream hold what they read. In an object store only a run does, as a sign
costs a request there; in a folder that takes no files nobody does.
"""

import os
import time
import weakref
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakValueDictionary

from argosy.errors import CatalogError
from argosy_catalog.lake.index import require_snapshot
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.presence import Presence, forget_dead_readers, snapshots_read

UNLOCKED_NS = 7 * 86_400 * 10**9
"""So long a sign counts where its lock cannot be seen: in object stores, on other machines."""


class Hold:
    """A snapshot that stays as long as this object lives.

    Parameters
    ----------
    lake : which is read
    snapshot : its number
    """

    def __init__(self, lake: Lake, snapshot: int) -> None:
        self.lake = lake
        self.snapshot = snapshot
        self._presence = Presence(lake.path, snapshot=snapshot)
        self._users = 0
        weakref.finalize(self, _leave, self._presence, os.getpid())

    def show(self) -> None:
        """Show the sign, unless it is shown already or cannot be."""
        with suppress(CatalogError):  # only reading is allowed here
            self._presence.enter()

    def require(self) -> None:
        """Raise an error if the snapshot is gone.

        Raises
        ------
        CatalogError : it has expired, or never was
        """
        with self.lake.metadata() as select:
            require_snapshot(select, self.snapshot, self.lake.path)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep the sign up for a block, in an object store too."""
        self._users += 1
        try:
            yield
        finally:
            self._users -= 1
            if not (self._users or isinstance(self.lake.path, Path)):
                self._presence.leave()  # the store may be out of reach once the process ends


class Holds:
    """The snapshots that are held through one catalog; who asks for the same one shares its sign.

    Parameters
    ----------
    lake : which is read
    """

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self._held: WeakValueDictionary[int, Hold] = WeakValueDictionary()

    def hold(self, snapshot: int | None, *, always: bool = False) -> Hold:
        """Hold a snapshot.

        Parameters
        ----------
        snapshot : None for the newest
        always : show a sign in an object store, too

        Raises
        ------
        CatalogError : the snapshot has expired, or never was
        """
        if snapshot is not None:
            hold = self._shown(snapshot, always=always)
            hold.require()
            return hold
        while True:
            hold = self._shown(self.lake.snapshot(), always=always)
            # One that is the newest now expires only once another has followed it, and whoever lets
            # go of it then sees the sign.
            if self.lake.snapshot() == hold.snapshot:
                return hold

    def _shown(self, snapshot: int, *, always: bool) -> Hold:
        hold = self._held.get(snapshot)
        if hold is None:
            hold = self._held[snapshot] = Hold(self.lake, snapshot)
        if always or isinstance(self.lake.path, Path):
            hold.show()
        return hold


def readers(lake: Lake) -> Counter[int]:
    """Return the snapshots that are held, each with the number of its holders."""
    return snapshots_read(lake.path, younger_than_ns=_age(lake))


def forget_readers(lake: Lake) -> None:
    """Remove the signs of readers that died."""
    forget_dead_readers(lake.path, younger_than_ns=_age(lake))


def _age(lake: Lake) -> int | None:
    return None if lake.is_local else time.time_ns() - UNLOCKED_NS


def _leave(presence: Presence, process: int) -> None:
    """Take a sign away; a forked process leaves that of its parent alone."""
    if os.getpid() == process:
        presence.leave()
