"""The life of a component, and how it logs."""

import logging

import pytest

from argosy.errors import RunError
from argosy.kernel.clock import Clock
from argosy.kernel.timeline import Timeline
from argosy.model.enums import ComponentState
from argosy.strategy.component import ComponentLog, LifeCycle, iso_time

VERBS = ("register", "start", "stop", "resume", "reset", "degrade", "fault", "dispose")
ALLOWED = {
    "PRE_INITIALIZED": {"register": "READY"},
    "READY": {"start": "RUNNING", "reset": "READY", "dispose": "DISPOSED"},
    "RUNNING": {"stop": "STOPPED", "degrade": "DEGRADED", "fault": "FAULTED"},
    "STOPPED": {"resume": "RUNNING", "reset": "READY", "fault": "FAULTED", "dispose": "DISPOSED"},
    "DEGRADED": {"resume": "RUNNING", "stop": "STOPPED", "fault": "FAULTED"},
    "FAULTED": {"reset": "READY", "dispose": "DISPOSED"},
    "DISPOSED": {},
}
WAYS = {
    "PRE_INITIALIZED": (),
    "READY": ("register",),
    "RUNNING": ("register", "start"),
    "STOPPED": ("register", "start", "stop"),
    "DEGRADED": ("register", "start", "degrade"),
    "FAULTED": ("register", "start", "fault"),
    "DISPOSED": ("register", "dispose"),
}


def in_state(state: str) -> LifeCycle:
    component = LifeCycle()
    for verb in WAYS[state]:
        component._move(verb)
    assert state == component.state
    return component


@pytest.mark.parametrize("state", ALLOWED)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_leads_on_or_is_refused(state: str, verb: str) -> None:
    component = in_state(state)
    following = ALLOWED[state].get(verb)
    if following is None:
        with pytest.raises(RunError, match=f"LifeCycle cannot {verb} while it is {state}"):
            component._move(verb)
        assert state == component.state
    else:
        component._move(verb)
        assert ComponentState.from_str(following) is component.state


def test_only_what_was_started_and_not_stopped_is_running() -> None:
    assert {"RUNNING"} == {state for state in ALLOWED if in_state(state).is_running}


def test_a_log_line_begins_with_the_time_of_the_run(caplog: pytest.LogCaptureFixture) -> None:
    timeline = Timeline()
    timeline.start(1_704_067_200_000_000_123)
    log = ComponentLog("Cross-000", Clock(timeline))
    with caplog.at_level(logging.INFO, logger="argosy.component"):
        log.info("bought %s", 5, color="green")
    (record,) = caplog.records
    assert record.name == "argosy.component.Cross-000"
    assert record.getMessage() == "2024-01-01T00:00:00.000000123Z Cross-000: bought 5"


@pytest.mark.parametrize(
    ("ts_ns", "text"),
    [
        (0, "1970-01-01T00:00:00.000000000Z"),
        (1, "1970-01-01T00:00:00.000000001Z"),
        (1_000_000_000, "1970-01-01T00:00:01.000000000Z"),
        (-1, "1969-12-31T23:59:59.999999999Z"),
        (9_223_372_036_854_775_807, "2262-04-11T23:47:16.854775807Z"),
    ],
)
def test_a_time_is_written_with_nine_decimals(ts_ns: int, text: str) -> None:
    assert text == iso_time(ts_ns)
