"""Settings of the loader of DBN files."""

import pytest

from argosy.errors import ConfigError
from argosy_loaders.databento_settings import DatabentoSettings


def test_everything_has_a_default() -> None:
    settings = DatabentoSettings()
    assert (None, "0.01") == (settings.venue, str(settings.price_increment))


@pytest.mark.parametrize("name", ["price_precision", "size_precision"])
def test_impossible_precisions_are_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=f"{name} is 19"):
        DatabentoSettings(**{name: 19})
