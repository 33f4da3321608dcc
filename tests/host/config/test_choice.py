from typing import Annotated, Any

import msgspec
import pytest

from argosy.config.choice import Choice, PartOf
from argosy.config.settings import Settings
from argosy.parts.registration import Part


class Model(msgspec.Struct):
    value: int = 0


def echo(*arguments: Any, **keywords: Any) -> tuple[Any, ...]:
    return (arguments, keywords)


def test_a_choice_builds_with_its_settings_first() -> None:
    settings = Model(5)
    assert ((settings, "context"), {}) == Choice(Part("sinks", "x", echo), settings).build(
        "context"
    )


def test_a_factory_of_a_set_gets_its_settings_by_keyword() -> None:
    settings = Model(5)
    with_settings = Choice(Part("order_types", "X", echo), settings).factory("order", "instrument")
    without = Choice(Part("order_types", "X", echo)).factory("order", "instrument")
    assert (("order", "instrument"), {"settings": settings}) == with_settings
    assert (("order", "instrument"), {}) == without


def test_a_setting_that_is_a_part_takes_only_choices() -> None:
    class Holder(Settings):
        fees: Annotated[Choice | None, PartOf("fee_models")] = None

    chosen = Choice(Part("fee_models", "x", echo))
    assert chosen is Holder(fees=chosen).fees
    with pytest.raises(ValueError, match="expected a chosen fee model"):
        Holder(fees="x")  # type: ignore[arg-type]
