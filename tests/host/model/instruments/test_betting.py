from argosy.model.currency import GBP
from argosy.model.enums import InstrumentClass
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.instruments import betting_instrument_id
from argosy.model.values import Money, Price, Quantity
from argosy.testing.instruments import betting_instrument


def test_the_id_names_market_selection_and_handicap() -> None:
    assert InstrumentId("1.166811431-237478-0.BETFAIR") == betting_instrument().id
    made = betting_instrument_id(Venue("BETFAIR"), "1.2", 3, "-1.5")
    assert InstrumentId("1.2-3--1.5.BETFAIR") == made


def test_odds_lie_on_the_ladder() -> None:
    assert Price("2.02") == betting_instrument().next_ask_price("2.01")


def test_the_notional_is_the_stake() -> None:
    runner = betting_instrument()
    assert Money("10.00", GBP) == runner.notional_value(Quantity("10.00"), Price("3.50"))
    assert Money("10.01", GBP) == runner.notional_value(Quantity("10.005"), Price("1.01"))
    assert InstrumentClass.SPORTS_BETTING is runner.instrument_class
