import inspect

import pytest

from argosy.errors import InputError
from argosy.model.identifiers import ClientId, Venue
from argosy.strategy.strategy import Strategy
from argosy.strategy.unread import CURES, check_asked, refuse_unread

SIM = Venue("SIM")


@pytest.mark.parametrize("nothing", [None, False, 0, {}])
def test_what_asks_for_nothing_is_let_pass(nothing: object) -> None:
    refuse_unread("subscribe_bars", params=nothing)


def test_what_nobody_reads_is_refused_by_name_with_a_cure() -> None:
    expected = (
        r"submit_order\(\) does not read params, was \{'ttl': 5\}. Leave it out: no client reads"
    )
    with pytest.raises(InputError, match=expected):
        refuse_unread("submit_order", params={"ttl": 5})


def test_each_venue_has_one_client_of_its_name() -> None:
    check_asked("subscribe_bars", None, SIM)
    check_asked("subscribe_bars", ClientId("SIM"), SIM)
    expected = r"subscribe_bars\(\): client_id IB is not the client of SIM. Leave it out, or give"
    with pytest.raises(InputError, match=expected):
        check_asked("subscribe_bars", ClientId("IB"), SIM)


def test_no_method_of_a_strategy_swallows_an_argument() -> None:
    swallowing = {
        name
        for name, function in inspect.getmembers(Strategy, inspect.isfunction)
        for each in inspect.signature(function).parameters.values()
        if not name.startswith("_") and each.kind in (each.VAR_KEYWORD, each.VAR_POSITIONAL)
    }
    assert set() == swallowing


def test_every_cure_is_for_an_argument_that_there_is() -> None:
    arguments = {
        argument
        for _, function in inspect.getmembers(Strategy, inspect.isfunction)
        for argument in inspect.signature(function).parameters
    }
    assert set(CURES) <= arguments
