"""Settings of the loader of Betfair's streams."""

import msgspec
import pytest

from argosy_loaders.betfair_settings import BetfairSettings


def test_everything_has_a_default() -> None:
    settings = BetfairSettings()
    assert ("BETFAIR", "GBP") == (str(settings.venue), settings.currency.code)


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="market"):
        msgspec.convert({"market": "1.2"}, BetfairSettings)
