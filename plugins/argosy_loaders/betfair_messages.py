"""Messages of Betfair's stream, as far as they are loaded; other keys are passed over."""

from decimal import Decimal

import msgspec

PriceSize = tuple[Decimal, Decimal]


class RunnerChange(msgspec.Struct):
    """What changed for one runner.

    Parameters
    ----------
    atb, atl : available to back and to lay: price and the size that is there now
    trd : price and all that was traded at it
    """

    id: int
    hc: Decimal = Decimal(0)
    atb: list[PriceSize] = []
    atl: list[PriceSize] = []
    trd: list[PriceSize] = []


class RunnerDefinition(msgspec.Struct, rename="camel"):
    """One runner, as its market describes it.

    Parameters
    ----------
    hc : handicap
    bsp : starting price, once it is known
    """

    id: int
    status: str
    name: str | None = None
    hc: Decimal = Decimal(0)
    bsp: Decimal | None = None


class MarketDefinition(msgspec.Struct, rename="camel"):
    """What a market is, and its state."""

    status: str
    runners: list[RunnerDefinition]
    event_id: str
    event_type_id: str
    betting_type: str
    market_time: str
    in_play: bool = False
    bet_delay: int = 0
    market_type: str = ""
    open_date: str | None = None
    country_code: str = ""
    name: str = ""
    event_name: str = ""


class MarketChange(msgspec.Struct, rename={"definition": "marketDefinition"}):
    """What changed in one market.

    Parameters
    ----------
    img : whether the message replaces all that was known of the market
    """

    id: str
    img: bool = False
    rc: list[RunnerChange] = []
    definition: MarketDefinition | None = None


class ChangeMessage(msgspec.Struct):
    """One line of a stream.

    Parameters
    ----------
    pt : when it was published, ms
    """

    op: str
    pt: int
    mc: list[MarketChange] = []
