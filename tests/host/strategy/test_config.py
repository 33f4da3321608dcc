"""What the settings of actors and strategies are made of."""

import msgspec
import pytest

from argosy.model.enums import OmsType
from argosy.strategy.config import ActorConfig, StrategyConfig


class Crossing(StrategyConfig, frozen=True, kw_only=True):
    """Settings of a strategy of its own."""

    fast: int
    slow: int = 20


def test_nothing_must_be_given() -> None:
    assert ActorConfig() == ActorConfig(component_id=None, log_events=False)
    assert OmsType.UNSPECIFIED == StrategyConfig().oms_type


def test_a_subclass_has_settings_of_its_own() -> None:
    config = Crossing(fast=10, order_id_tag="001")
    assert (10, 20, "001") == (config.fast, config.slow, config.order_id_tag)
    assert config == msgspec.json.decode(msgspec.json.encode(config), type=Crossing)


def test_settings_never_change() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        Crossing(fast=10).fast = 11  # type: ignore[misc]


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(TypeError, match="Unexpected keyword argument 'quick'"):
        Crossing(quick=10)  # type: ignore[call-arg]
    with pytest.raises(msgspec.ValidationError, match="unknown field `quick`"):
        msgspec.json.decode(b'{"fast": 1, "quick": 2}', type=Crossing)
