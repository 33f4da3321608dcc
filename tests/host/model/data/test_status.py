import pytest

from argosy.errors import DataError
from argosy.model.data import (
    IS_QUOTING,
    IS_TRADING,
    InstrumentStatusUpdate,
    Ticker,
    VenueStatusUpdate,
)
from argosy.model.enums import MarketStatusAction
from argosy.model.identifiers import Venue
from argosy.model.values import Price, Quantity
from tests.host.model.strategies import AUDUSD

TICKER = Ticker(
    instrument_id=AUDUSD, last=Price("-1.50"), volume=Quantity("12.5"), ts_event=1, ts_init=2
)


@pytest.mark.parametrize(
    "message",
    [
        TICKER,
        Ticker(instrument_id=AUDUSD, ts_event=1, ts_init=2),
        VenueStatusUpdate(
            venue=Venue("XNAS"), status=MarketStatusAction.PRE_OPEN, ts_event=1, ts_init=2
        ),
        InstrumentStatusUpdate(
            instrument_id=AUDUSD,
            action=MarketStatusAction.HALT,
            reason="news pending",
            flags=IS_QUOTING | IS_TRADING,
            ts_event=1,
            ts_init=2,
        ),
    ],
)
def test_a_message_survives_its_dict(
    message: Ticker | VenueStatusUpdate | InstrumentStatusUpdate,
) -> None:
    again = type(message).from_dict(message.to_dict())
    assert message == again
    assert hash(message) == hash(again)


def test_a_dict_says_values_as_text() -> None:
    assert {"type": "Ticker", "last": "-1.50", "volume": "12.5", "bid": None} == {
        key: TICKER.to_dict()[key] for key in ("type", "last", "volume", "bid")
    }


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(DataError, match=r"Ticker: .*1,5.* - at `\$.last`"):
        Ticker.from_dict({**TICKER.to_dict(), "last": "1,5"})


def test_a_message_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        TICKER.last = Price(1)  # type: ignore[misc]
