import dataclasses

import pytest

from tests.plugins.argosy_sim.kit import Exchange


def test_the_rules_of_an_exchange_do_not_change() -> None:
    models = Exchange(oms="HEDGING").venue.exchange.models
    assert ("SIM", True, False) == (models.name, models.is_hedging, models.sells_held)
    with pytest.raises(dataclasses.FrozenInstanceError):
        models.is_hedging = False
