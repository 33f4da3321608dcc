import inspect

import pytest

from argosy.errors import InputError
from argosy.model.identifiers import ClientId, Venue
from argosy.strategy.strategy import Strategy
from argosy.strategy.unread import CURES, Unread, check_asked, refuse_unread

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


def test_a_name_that_nobody_knows_is_refused_whatever_it_asks_for() -> None:
    with pytest.raises(
        InputError, match=r"subscribe_bars\(\) does not read await_partial, was False"
    ):
        check_asked("subscribe_bars", None, SIM, await_partial=False)


def test_an_unread_argument_is_typed_as_asking_for_nothing() -> None:
    assert set(Unread.__annotations__) <= set(CURES)
    assert {"Literal[False]", "None"} == {
        each.__forward_arg__ for each in Unread.__annotations__.values()
    }


def test_what_a_method_of_a_strategy_takes_beyond_its_arguments_is_unread() -> None:
    further = {
        (name, each.annotation)
        for name, function in inspect.getmembers(Strategy, inspect.isfunction)
        for each in inspect.signature(function).parameters.values()
        if not name.startswith("_") and each.kind in (each.VAR_KEYWORD, each.VAR_POSITIONAL)
    }
    assert {"Unpack[Unread]"} == {annotation for _, annotation in further}
    assert all(name.startswith(("subscribe", "unsubscribe", "request")) for name, _ in further)
