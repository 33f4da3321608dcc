"""The kit for loaders: good ones pass, and each kind of wrong one is caught."""

from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import DataError
from argosy.parts.loader import Covered, Load, Rows, Sample
from argosy.serialization.arrow import to_batch
from argosy.testing.instruments import default_fx_ccy
from argosy.testing.loaders import check_loader
from argosy.testing.runs import make_quotes

NUMBERS = count()
QUOTES = make_quotes(20)
PAIR = default_fx_ccy("EUR/USD")


class Numbers:
    """Read a file of numbers, a line each; a number stands for a quote."""

    def guess(self, sample: Sample) -> str | None:
        return "its suffix" if sample.name.endswith(".numbers") else None

    def load(self, load: Load) -> Iterator[Any]:
        yield PAIR
        for path in load.files:
            with load.open(path) as file:
                numbers = [self.number(line) for line in file.read().splitlines()]
            if numbers:
                batch = to_batch([QUOTES[each] for each in numbers])
                yield Rows(batch, partial(self.place, path))

    def place(self, path: Path, row: int) -> str:
        return f"{path.name}:{row + 1}"

    def number(self, line: bytes) -> int:
        if not line.endswith(b"."):
            raise DataError(f"no number: {line!r}")
        return int(line[:-1])


class Eager(Numbers):
    """Take every file for its own."""

    def guess(self, sample: Sample) -> str | None:
        return "why not"


class Shy(Numbers):
    """Know no file."""

    def guess(self, sample: Sample) -> str | None:
        return None


class Upended(Numbers):
    """Yield the last row first."""

    def load(self, load: Load) -> Iterator[Any]:
        yield Rows(to_batch(QUOTES[:1:-1]), str)


class Restless(Numbers):
    """Yield something new each time."""

    def load(self, load: Load) -> Iterator[Any]:
        yield Covered(type(QUOTES[0]), PAIR.id, 0, next(NUMBERS))


class Fragile(Numbers):
    """Tell what is wrong as Python does."""

    def number(self, line: bytes) -> int:
        return int(line[: line.index(b".")])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.numbers"
    path.write_text("0.\n1.\n2.\n3.\n")
    return path


def test_a_sound_loader_passes(file: Path) -> None:
    check_loader(Numbers, [file])


def test_a_loader_need_not_be_guessed(file: Path) -> None:
    check_loader(Shy, [file], is_guessed=False)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Eager, "for its format: why not"),
        (Shy, "does not know its own format"),
        (Upended, "comes after"),
        (Restless, "it yields something else the second time"),
        (Fragile, "in place of a DataError"),
    ],
)
def test_an_unsound_loader_is_caught(kind: Any, message: str, file: Path) -> None:
    if kind is Fragile:
        file.write_text("1.\n" * 9)
    with pytest.raises(AssertionError, match=message):
        check_loader(kind, [file])
