from typing import Annotated, Any

import msgspec
import pytest

from argosy.config.parts import Choice, Part, PartOf
from argosy.config.settings import Settings


class Model(msgspec.Struct):
    value: int = 0


def echo(*arguments: Any, **keywords: Any) -> tuple[Any, ...]:
    return (arguments, keywords)


@pytest.mark.parametrize("settings", [Model, lambda: Model])
def test_settings_are_a_model_or_what_returns_one(settings: Any) -> None:
    assert Model is Part("sinks", "x", echo, settings).settings_model()


def test_a_part_may_have_no_settings() -> None:
    assert None is Part("sinks", "x", echo).settings_model()


def test_a_part_is_called_by_kind_and_name() -> None:
    assert "fee model 'x'" == Part("fee_models", "x", echo).label


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
