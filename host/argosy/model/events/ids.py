"""Where event ids come from: one counter a run, above a base that the seed decides."""


class EventIds:
    """Number the events of a run.

    Parameters
    ----------
    base : derived from the seed, so that the ids, and with them the event log, tell seeds apart
    """

    __slots__ = ("last",)

    last: int

    def __init__(self, base: int = 0) -> None:
        self.last = base

    def next(self) -> int:
        """Return the next id."""
        self.last += 1
        return self.last
