"""One macro: a name for a piece of SQL, with its signature and what it means."""

from dataclasses import dataclass

NUMBER = "DECIMAL(38, 18)"
"""What prices, sizes and money are cast to before they are calculated with."""

EARLIEST = "'-infinity'::TIMESTAMP_NS"
LATEST = "'infinity'::TIMESTAMP_NS"

NANOSECONDS = 18_446_744_073_709_551_616
"""A nanosecond in the column `place` of ``ordered_quotes`` and its like; rows count below it."""

START_END = ("start_time := '-infinity'", "end_time := 'infinity'")
"""Parameters of every macro that reads a span: start_time < ts_init <= end_time, as bars do.

No default is NULL: DuckLake 1.0 stores it as the text 'NULL'.
"""

WITHIN = "within := '100 years'"
"""How far back a macro looks; to nanoseconds more than all there is."""

_FIRST = "'1800-01-01'::TIMESTAMP_NS"

IN_SPAN = (
    f"ts_init > coalesce(start_time::TIMESTAMP_NS, {EARLIEST}) "
    f"AND ts_init <= coalesce(end_time::TIMESTAMP_NS, {LATEST})"
)
"""The bounds are constants of the column's own type, so that files outside are not read."""


def back_from(moment: str) -> str:
    """Return the time that lies the parameter `within` before a moment."""
    return (
        f"make_timestamp_ns(epoch_ns(greatest({moment}::TIMESTAMP_NS, {_FIRST}))"
        " - epoch_ns(within::INTERVAL))"
    )


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro that every catalog stores.

    Parameters
    ----------
    group : heading under which it is listed
    parameters : names, and ``name := default`` for those that may be left out
    returns : type of a value, or columns of rows
    doc : what it means, in one sentence
    body : an expression, or a SELECT
    """

    group: str
    name: str
    parameters: tuple[str, ...]
    returns: str
    doc: str
    body: str
    is_table: bool = False

    @property
    def signature(self) -> str:
        """The name with its parameters, as people read it."""
        return f"{self.name}({', '.join(self.parameters)})"

    @property
    def statement(self) -> str:
        """The statement that stores the macro."""
        head = f'CREATE OR REPLACE MACRO main."{self.name}"'
        kind = "TABLE " if self.is_table else ""
        return f"{head}({', '.join(self.parameters)}) AS {kind}{self.body}"
