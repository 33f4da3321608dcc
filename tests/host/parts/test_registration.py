from typing import Any

import msgspec
import pytest

from argosy.kernel.trigger import Trigger
from argosy.parts.fee_model import FeeModel
from argosy.parts.registration import Part, Register


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


def test_a_register_names_its_contract_and_the_arguments_that_a_kind_has_of_its_own() -> None:
    assert FeeModel is Register[FeeModel].__args__[0]
    assert (Trigger, (str, int)) == Register[Trigger, [str, int]].__args__
