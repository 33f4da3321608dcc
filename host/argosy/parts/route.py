"""Routes: where the orders of an instrument go, and what is known there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argosy.kernel.bus import Topic
    from argosy.kernel.market import MarketState
    from argosy.model.accounts.account import Account
    from argosy.model.accounts.stake import Stake
    from argosy.model.identifiers import InstrumentId
    from argosy.model.instruments import Instrument
    from argosy.model.terms import Terms
    from argosy.parts.client import ExecutionClient


class Route:
    """What goes with one instrument; None where nobody has it.

    Parameters
    ----------
    instrument_id : whose orders it is for
    client : takes their commands to the venue
    market : what was seen of the instrument
    account : the host's view of what they trade on
    stake : the place of the instrument in that account
    """

    instrument_id: InstrumentId
    client: ExecutionClient | None
    market: MarketState | None
    instrument: Instrument | None
    terms: Terms | None
    account: Account | None
    stake: Stake | None
    account_topic: Topic | None

    def __init__(
        self,
        instrument_id: InstrumentId,
        client: ExecutionClient | None,
        market: MarketState | None,
        instrument: Instrument | None,
        terms: Terms | None,
        account: Account | None,
        account_topic: Topic | None,
    ) -> None:
        self.instrument_id = instrument_id
        self.client = client
        self.market = market
        self.instrument = instrument
        self.terms = terms
        self.account = account
        self.stake = None if account is None or terms is None else account.stake(terms)
        self.account_topic = account_topic

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing, so that nobody has to look again."""
        return not (self.client is None or self.market is None or self.account is None)
