"""What every fill model keeps to, checked over many questions."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from argosy.parts.fill_model import FillModel

if TYPE_CHECKING:
    from typing import Any

ASKED = 500
SEED = 7


def check_fill_model(build: Callable[[], FillModel]) -> None:
    """Check a fill model: its answers are yes or no, and depend on its own generator only.

    Parameters
    ----------
    build : makes the model anew each time

    Raises
    ------
    AssertionError : says which answer is wrong
    """
    model = build()
    assert isinstance(model, FillModel), f"{model!r} does not derive from FillModel"
    for name in ("ignores_size", "slips"):
        value = getattr(model, name)
        assert isinstance(value, bool), f"{name} is {value!r}, no bool"
    state = random.getstate()
    answers = _answers(model)
    assert state == random.getstate(), "it draws from the random module: use the given generator"
    build()  # what another one draws must not matter
    again = _answers(build())
    assert answers == again, "equal generators give other answers"
    slipped = any(is_slipped for _, _, is_slipped in answers)
    assert model.slips or not slipped, "is_slipped says yes, but slips is False: nobody will ask"


def _answers(model: FillModel) -> list[tuple[Any, ...]]:
    """Ask each question many times, in turn."""
    model.use_random(random.Random(SEED))
    questions = (model.is_limit_filled, model.is_stop_filled, model.is_slipped)
    answers = [tuple(ask() for ask in questions) for _ in range(ASKED)]
    for row in answers:
        for ask, answer in zip(questions, row, strict=True):
            assert isinstance(answer, bool), f"{ask.__name__} says {answer!r}, neither yes nor no"
    return answers
