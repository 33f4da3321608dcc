"""What a finished run tells a plugin that hears ``on_run_finished``."""

from typing import Protocol


class RunResult(Protocol):
    """The outcome of a run, in every mode.

    Attributes
    ----------
    run_id : under which the catalog keeps the run
    """

    run_id: str

    def to_json(self) -> str:
        """Return the result as one JSON object."""
        ...
