"""Bets: one runner of one market at a betting exchange."""

from argosy.model.currency import Currency
from argosy.model.enums import AssetClass, InstrumentClass
from argosy.model.identifiers import InstrumentId, Symbol, Venue
from argosy.model.instruments.base import DERIVED, ONE, Instrument
from argosy.model.instruments.rounding import divide_half_away
from argosy.model.values import Money, Price, Quantity


class BettingInstrument(Instrument, frozen=True, kw_only=True):
    """A selection to back or lay; prices are decimal odds, quantities are stakes.

    Parameters
    ----------
    betting_type : such as ODDS
    market_type : such as MATCH_ODDS
    handicap : of the selection, 0 where there is none
    event_open_ns, market_start_ns : ns, as announced
    """

    base_currency: Currency | None = None
    settlement_currency: Currency = DERIVED
    multiplier: Quantity = ONE
    size_increment: Quantity = Quantity.from_str("0.01")
    price_increment: Price = Price.from_str("0.01")
    asset_class: AssetClass = AssetClass.ALTERNATIVE
    instrument_class: InstrumentClass = InstrumentClass.SPORTS_BETTING
    tick_scheme_name: str | None = "BETFAIR"
    event_type_id: int
    event_type_name: str
    competition_id: int
    competition_name: str
    event_id: int
    event_name: str
    event_country_code: str
    event_open_ns: int
    betting_type: str
    market_id: str
    market_name: str
    market_type: str
    market_start_ns: int
    selection_id: int
    selection_name: str
    handicap: str = "0"

    def notional_value(
        self, quantity: Quantity, price: Price, *, use_quote_for_inverse: bool = False
    ) -> Money:
        """Return the stake; odds do not change it."""
        digits = quantity.precision + self.multiplier.precision
        shift = self.quote_currency.precision - digits
        stake = quantity.raw * self.multiplier.raw * 10 ** max(shift, 0)
        raw = divide_half_away(stake, 10 ** max(-shift, 0))
        return Money.from_raw(raw, self.quote_currency)


def betting_instrument_id(
    venue: Venue, market_id: str, selection_id: int, handicap: str = "0"
) -> InstrumentId:
    """Return the id of a selection: ``1.166811431-237478-0.BETFAIR``."""
    return InstrumentId(Symbol(f"{market_id}-{selection_id}-{handicap}"), venue)
