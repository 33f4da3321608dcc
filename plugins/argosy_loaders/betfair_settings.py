"""What a system file may say of a stream of Betfair."""

import msgspec

from argosy.model.currency import Currency
from argosy.model.identifiers import Venue


class BetfairSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How streams of Betfair are read.

    Parameters
    ----------
    venue : of the runners
    currency : of the account that recorded the stream: what sizes are in
    """

    venue: Venue = Venue("BETFAIR")
    currency: Currency = Currency.from_str("GBP")
