"""What [[sinks]] may say of a recorder, and what is said of what it may not."""

from pathlib import Path

import pytest

from argosy.config.document import Document
from argosy.config.problems import Problems, SystemFileError
from argosy.config.reader import Reader
from argosy.testing.plugins import check_plugin
from argosy_recorder.settings import RecorderSettings


def read(**table: object) -> tuple[RecorderSettings | None, list[str]]:
    document = Document("s", table)
    problems = Problems(document)
    made = Reader(document, problems, Path("project")).table(RecorderSettings, table, ())
    try:
        problems.raise_if_any()
    except SystemFileError as error:
        return None, str(error).splitlines()
    return made, []


def test_the_usual_settings_record_all_data_durably() -> None:
    made, problems = read()
    assert made is not None
    assert [] == problems
    assert made.sync
    assert made.events
    assert ("quote", "trade", "bar", "delta", "object") == made.data
    assert (65_536, None, 2**28, "stop") == (
        made.flush_rows,
        made.flush_interval_ns,
        made.rotate_bytes,
        made.on_error,
    )


def test_a_path_starts_at_the_project_and_times_are_durations() -> None:
    made, _ = read(path="tape", flush_interval="5m", rotate_interval="1d")
    assert made is not None
    assert Path("project/tape") == made.path
    assert (300 * 10**9, 86_400 * 10**9) == (made.flush_interval_ns, made.rotate_interval_ns)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            {"topics": ["event.order.*"]},
            "unknown topic 'event.order.*'. Did you mean 'events.order",
        ),
        ({"topics": ["data.quotes"]}, "unknown topic 'data.quotes'. Did you mean"),
        ({"topics": ["*", "data.bar?.*", "events.risk"]}, None),
        ({"data": ["quotes"]}, "expected 'quote', 'trade', 'bar', 'delta' or 'object'"),
        ({"flush_rows": 0}, "should be greater than or equal to 1"),
        ({"flush_interval": "0s"}, "should be greater than 0"),
        ({"rotate": 5}, "unknown key"),
        ({"on_error": "ignore"}, "expected 'stop' or 'go_on'"),
    ],
)
def test_wrong_settings_are_named(table: dict[str, object], expected: str | None) -> None:
    made, problems = read(**table)
    if expected is None:
        assert (True, []) == (made is not None, problems)
    else:
        (problem,) = problems
        assert expected in problem


def test_the_plugin_is_light_and_describes_its_parts() -> None:
    check_plugin("recorder")
