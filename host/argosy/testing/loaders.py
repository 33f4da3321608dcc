"""What every loader keeps to, checked over files of its format."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argosy.errors import InputError
from argosy.model.instruments import Instrument
from argosy.parts.loader import Covered, Load, Rows, Sample

if TYPE_CHECKING:
    from argosy.parts.loader import Loader

CUTS = 7
"""How often a file is cut off, to see what is said of it."""


def check_loader(
    build: Callable[[], Loader],
    files: Sequence[Path],
    instruments: Sequence[Instrument] = (),
    *,
    is_guessed: bool = True,
) -> None:
    """Check a loader: it knows its files, reads them the same each time, and says what is broken.

    Parameters
    ----------
    build : makes the loader anew each time
    files : of its format, the earliest first
    instruments : definitions that the catalog has already
    is_guessed : whether it shall know its files by itself

    Raises
    ------
    AssertionError : names the file and what came of it
    """
    with tempfile.TemporaryDirectory() as name:
        _check_guesses(build(), files, Path(name), is_guessed=is_guessed)
        first, again = (_read(build(), files, instruments) for _ in range(2))
        assert first, "it yields nothing"
        assert first == again, "it yields something else the second time"
        for place in range(len(files)):
            _check_damage(build, files, place, instruments, Path(name))


def _check_guesses(
    loader: Loader, files: Sequence[Path], folder: Path, *, is_guessed: bool
) -> None:
    for file in files:
        guess = loader.guess(Sample.of(file))
        assert guess is None or isinstance(guess, str), f"{file}: it guesses {guess!r}, no reason"
        assert guess or not is_guessed, f"{file}: it does not know its own format"
    for number, content in enumerate((b"", b"\x00\xff" * 100, b"neither one nor the other\n")):
        strange = folder / f"strange-{number}.xyz"
        strange.write_bytes(content)
        guess = loader.guess(Sample.of(strange))
        assert guess is None, f"it takes {content[:9]!r} for its format: {guess}"


def _read(
    loader: Loader, files: Sequence[Path], instruments: Sequence[Instrument]
) -> list[tuple[Any, ...]]:
    """Return what a loader yields, in a form that can be compared."""
    known = {str(each.id): each for each in instruments}
    seen: list[tuple[Any, ...]] = []
    newest: dict[Any, int] = {}
    for each in loader.load(Load(files, known)):
        if isinstance(each, Rows):
            seen.append(("rows", each.batch.schema, each.batch.to_pylist()))
            _check_rows(each, newest)
        elif isinstance(each, Covered):
            assert each.start_ns <= each.end_ns, f"{each} ends before it begins"
            seen.append(("covered", each))
        else:
            if isinstance(each, Instrument):
                known[str(each.id)] = each
            seen.append((type(each).__name__, each))
    return seen


def _check_rows(rows: Rows, newest: dict[Any, int]) -> None:
    """Look whether rows are in order, and each can be found again."""
    import pyarrow as pa

    schema = rows.batch.schema
    key = tuple(sorted((schema.metadata or {}).items()))
    assert key, "rows have no metadata: nothing says of which key they are"
    times = rows.batch.column("ts_init").cast(pa.int64()).to_pylist()
    for index, time_ns in enumerate(times):
        place = rows.place(index)
        assert place, f"row {index} has no place"
        before = newest.get(key, time_ns)
        assert before <= time_ns, f"{place}: ts_init {time_ns} comes after {before}"
        newest[key] = time_ns


def _check_damage(
    build: Callable[[], Loader],
    files: Sequence[Path],
    place: int,
    instruments: Sequence[Instrument],
    folder: Path,
) -> None:
    """Cut a file off at several places: it is read as far as it goes, or refused as input."""
    file = files[place]
    content = file.read_bytes()
    part = folder / file.name
    for number in range(CUTS):
        part.write_bytes(content[: len(content) * number // CUTS])
        try:
            _read(build(), [*files[:place], part, *files[place + 1 :]], instruments)
        except InputError:
            continue
        except Exception as error:
            size = part.stat().st_size
            raise AssertionError(
                f"{file.name}, cut off after {size} bytes: {error!r} in place of a DataError"
            ) from error
