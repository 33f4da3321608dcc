from argosy.parts.route import Route
from tests.host.engine.kit import EURUSD, SIM, Desk


def test_a_route_has_all_that_goes_with_an_instrument() -> None:
    desk = Desk()
    route = desk.routes.of(EURUSD.id)
    assert route.is_complete
    assert (desk.venue, desk.market(), EURUSD) == (route.client, route.market, route.instrument)
    account = desk.cache.account_for_venue(SIM)
    assert account is route.account
    assert account is not None
    assert route.terms is not None
    assert account.stake(route.terms) is route.stake


def test_what_nobody_has_is_missing() -> None:
    route = Route(EURUSD.id, None, None, None, None, None, None)
    assert not route.is_complete
    assert route.stake is None
