from msgspec.structs import replace

from argosy.engine.orders.routing import client_refusal
from argosy.model.identifiers import ClientId, InstrumentId
from tests.host.engine.kit import ACCOUNT, EURUSD, NETTING, SIM, Desk
from tests.host.engine.venue import ScriptedVenue


def test_a_complete_route_is_looked_up_once() -> None:
    desk = Desk()
    assert desk.routes.of(EURUSD.id) is desk.routes.of(EURUSD.id)


def test_what_is_missing_is_looked_for_again() -> None:
    desk = Desk()
    elsewhere = replace(EURUSD, id=InstrumentId("EUR/USD.OTHER"))
    assert desk.routes.of(elsewhere.id).client is None
    venue = ScriptedVenue(desk.timeline, elsewhere.id.venue, ACCOUNT, NETTING, None)
    desk.execution.add_client(venue)
    assert venue is desk.routes.of(elsewhere.id).client
    assert desk.routes.of(elsewhere.id).market is None
    desk.data.add_instrument(elsewhere)
    assert desk.routes.of(elsewhere.id).market is not None


def test_a_new_definition_makes_a_new_route() -> None:
    desk = Desk()
    before = desk.routes.of(EURUSD.id)
    newer = replace(EURUSD, margin_init=EURUSD.margin_init * 2)
    desk.data.add_instrument(newer)
    after = desk.routes.of(EURUSD.id)
    assert after is not before
    assert (newer, newer) == (after.instrument, after.terms and after.terms.instrument)


def test_each_venue_has_one_client_of_its_name() -> None:
    assert client_refusal(EURUSD.id, None) is None
    assert client_refusal(EURUSD.id, ClientId(str(SIM))) is None
    assert client_refusal(EURUSD.id, ClientId("NOPE")) == (
        "CLIENT_NOT_FOUND: client_id=NOPE, venue=SIM"
    )
