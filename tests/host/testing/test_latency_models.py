"""The kit for latency models: good ones pass, and each kind of wrong one is caught."""

from itertools import count
from typing import Any

import pytest

from argosy.parts.latency_model import LatencyModel
from argosy.testing.latency_models import check_latency_model

NUMBERS = count()


class Wire(LatencyModel):
    """Take 2 ms each way."""

    insert_ns = modify_ns = cancel_ns = report_ns = 2_000_000


class AtOnce(LatencyModel):
    """Take no time."""


def with_report(time_ns: Any) -> type[LatencyModel]:
    return type("Odd", (LatencyModel,), {"report_ns": time_ns})


@pytest.mark.parametrize("kind", [AtOnce, Wire])
def test_a_sound_model_passes(kind: type[LatencyModel]) -> None:
    check_latency_model(kind)


@pytest.mark.parametrize(
    ("time_ns", "message"),
    [
        (0.002, r"report_ns is 0\.002, no whole number of ns"),
        (-1, "report_ns is -1: nothing arrives before it was sent"),
        (property(lambda _: next(NUMBERS)), "report_ns differs between two models"),
    ],
)
def test_an_unsound_model_is_caught(time_ns: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_latency_model(with_report(time_ns))
