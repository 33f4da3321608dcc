"""The options of time bars, as they come from whoever has them."""

from types import SimpleNamespace

import pytest

from argosy.errors import ConfigError
from argosy.parts.bar_aggregation import BarOptions
from argosy_bars.options import TimeBarOptions
from argosy_bars.session import Session


def test_the_usual_options_are_those_of_a_system_file() -> None:
    assert TimeBarOptions() == TimeBarOptions.of(BarOptions())
    assert TimeBarOptions() == TimeBarOptions.of(None)


def test_every_option_of_a_system_file_is_known() -> None:
    ours = set(TimeBarOptions.__dataclass_fields__)
    assert set(BarOptions.__dataclass_fields__) == ours


def test_an_object_may_have_some_of_the_options() -> None:
    options = TimeBarOptions.of(SimpleNamespace(by="event", build_delay_ns=5, color="red"))
    assert TimeBarOptions(by="event", build_delay_ns=5) == options


def test_options_pass_as_they_are() -> None:
    options = TimeBarOptions(interval="right-open")
    assert options is TimeBarOptions.of(options)


def test_a_session_is_read_from_its_text() -> None:
    session = TimeBarOptions.of(BarOptions(session="Mon-Fri 09:30-16:00")).session
    assert isinstance(session, Session)
    assert frozenset(range(5)) == session.days


def test_a_text_that_is_no_session_is_refused() -> None:
    with pytest.raises(ConfigError, match="session 'sometimes'"):
        TimeBarOptions.of(BarOptions(session="sometimes"))


@pytest.mark.parametrize(
    ("options", "is_plain"),
    [
        (TimeBarOptions(), True),
        (TimeBarOptions(build_with_no_updates=False, timestamp_on_close=False), True),
        (TimeBarOptions(interval="right-open"), False),
        (TimeBarOptions(by="event"), False),
        (TimeBarOptions(build_delay_ns=1), False),
        (TimeBarOptions(session=Session.from_str("09:30-16:00")), False),
    ],
)
def test_only_some_options_make_every_tick_be_looked_at(
    options: TimeBarOptions,
    is_plain: bool,  # noqa: FBT001
) -> None:
    assert is_plain == options.is_plain
