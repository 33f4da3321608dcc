import pytest

from argosy.errors import InputError, UnknownNameError
from argosy.strategy.order_options import (
    ANY,
    LIMIT,
    PLACES,
    SHOWN,
    WATCHED,
    AnyOptions,
    LimitOptions,
    given,
)


def test_an_option_has_a_place_in_every_type() -> None:
    assert PLACES == LIMIT
    assert set(LIMIT) == set(LimitOptions.__annotations__)
    assert set(LIMIT) - {"post_only", "display_qty"} == set(WATCHED)
    assert set(LIMIT) - {"post_only", "emulation_trigger", "trigger_instrument_id"} == set(SHOWN)
    assert set(LIMIT) < set(ANY) == set(AnyOptions.__annotations__)


def test_options_by_place_get_their_names() -> None:
    expected = {"expire_time": None, "post_only": True, "tags": ["A"]}
    assert expected == given("limit", LIMIT, (None, True), {"tags": ["A"]})
    assert {} == given("limit", LIMIT, (), {})


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown argument of limit\(\) 'tag'\. Did you"):
        given("limit", LIMIT, (), {"tag": ["A"]})


def test_an_option_is_given_once() -> None:
    with pytest.raises(InputError, match=r"limit\(\) was given post_only by place and by name"):
        given("limit", LIMIT, (None, True), {"post_only": False})


def test_no_more_options_than_there_are_have_a_place() -> None:
    with pytest.raises(InputError, match=r"limit\(\) has 11 options, 12 were given by place"):
        given("limit", LIMIT, (None,) * 12, {})
