from typing import Any

import pytest

from argosy.errors import DuplicateNameError, PluginError, UnknownNameError
from argosy.model.orders import Order
from argosy.model.reasons import Reason
from argosy.parts.registration import LABELS, Part
from argosy.plugins.registry import Registration, Registry


def build() -> None:
    pass


def part(plugin: str, name: str = "fixed", kind: str = "fee_models") -> Part:
    return Part(kind, name, build, plugin=plugin)


def test_a_part_is_found_by_kind_and_name() -> None:
    registry = Registry()
    registry.add([part("one"), part("one", "fixed", "fill_models")])
    assert part("one") == registry.get("fee_models", "fixed")
    assert {"fixed": part("one")} == registry.usable("fee_models")
    assert 2 == len(registry.of_plugin("one"))


def test_an_unknown_name_gets_a_suggestion() -> None:
    registry = Registry()
    registry.add([part("one")])
    with pytest.raises(UnknownNameError) as caught:
        registry.get("fee_models", "fixd")
    assert "unknown fee model 'fixd'. Did you mean 'fixed'?" == str(caught.value)


def test_a_name_that_two_plugins_give_is_refused_and_names_both() -> None:
    registry = Registry()
    registry.add([part("two"), part("two", "other")])
    registry.add([part("one")])
    with pytest.raises(DuplicateNameError) as caught:
        registry.get("fee_models", "fixed")
    expected = (
        "fee model 'fixed' is registered by plugins 'one' and 'two'. "
        'Keep one: [plugins] disable = ["two"]'
    )
    assert expected == str(caught.value)
    assert ["other"] == list(registry.usable("fee_models"))
    assert [expected] == [str(each) for each in registry.duplicates()]


def test_what_a_plugin_registers_is_kept_as_a_part() -> None:
    registration = Registration("one")
    register = registration.register("venues")
    register("sea", build, settings=dict, capabilities="data", doc="By ship.")
    expected = Part("venues", "sea", build, dict, frozenset({"data"}), "one", "By ship.")
    assert [expected] == list(registration.parts.values())


@pytest.mark.parametrize("kind", LABELS)
def test_every_kind_can_be_registered(kind: str) -> None:
    registration = Registration("one")
    name = "RENKO" if kind in ("order_types", "bar_aggregations") else "renko"
    registration.register(kind)(name, build)
    assert [(kind, name)] == list(registration.parts)


@pytest.mark.parametrize("name", ["Fixed", "", "two words", "x/y", "9lives", 5, None, "a-", "é"])
def test_names_are_lower_snake(name: object) -> None:
    with pytest.raises(PluginError, match=r"is no name for a fee model. .* lower_snake"):
        Registration("one").register("fee_models")(name, build)


@pytest.mark.parametrize("name", ["renko", "RENKO-2", "2X", ""])
def test_names_of_order_types_and_aggregations_are_upper_snake(name: str) -> None:
    with pytest.raises(PluginError, match=r"is no name for a order type|for a bar aggregation"):
        Registration("one").register("bar_aggregations")(name, build)


def test_a_factory_must_be_callable() -> None:
    with pytest.raises(PluginError, match="the factory of fee model 'x' is not callable"):
        Registration("one").register("fee_models")("x", 5)  # type: ignore[arg-type]


def test_settings_must_be_a_class_or_return_one() -> None:
    with pytest.raises(PluginError, match=r"the settings of fee model 'x' are no model"):
        Registration("one").register("fee_models")("x", build, settings={})


def test_a_plugin_registers_a_name_once() -> None:
    register = Registration("one").register("fee_models")
    register("x", build)
    with pytest.raises(DuplicateNameError, match="fee model 'x' is registered twice"):
        register("x", build)


def test_commands_of_the_host_cannot_be_taken() -> None:
    with pytest.raises(DuplicateNameError, match="command 'run' belongs to the host"):
        Registration("one", ["run"]).register("commands")("run", build)


def test_an_order_type_may_bring_the_class_of_its_orders() -> None:
    registration = Registration("one")
    registration.register("order_types")("ICEBERG", build, order_class=lambda: Order)
    registration.register("order_types")("HIDDEN", build, order_class=Order)
    registration.register("order_types")("PLAIN", build)
    loaded = [part.class_of_orders() for part in registration.parts.values()]
    assert [Order, Order, None] == loaded


def test_only_an_order_type_has_an_order_class() -> None:
    with pytest.raises(PluginError, match=r"fee model 'x' is given an order class\. Only"):
        Registration("one").register("fee_models")("x", build, order_class=Order)


def test_an_order_class_must_be_a_class_or_return_one() -> None:
    with pytest.raises(PluginError, match="the order class of order type 'X' is no class"):
        Registration("one").register("order_types")("X", build, order_class="Order")


CLOSED = Reason("SHOP_CLOSED", "The shop was closed.", "Come tomorrow.")


def test_a_part_declares_the_reasons_that_it_gives() -> None:
    registration = Registration("one")
    registration.register("risk_rules")("x", build, reasons=[CLOSED])
    assert (CLOSED,) == registration.parts["risk_rules", "x"].reasons


def test_parts_of_a_plugin_share_a_reason() -> None:
    registration = Registration("one")
    registration.register("risk_rules")("x", build, reasons=[CLOSED])
    registration.register("simulators")("y", build, reasons=[CLOSED])
    assert {(CLOSED,)} == {part.reasons for part in registration.parts.values()}


def test_a_reason_that_a_part_names_twice_is_refused() -> None:
    with pytest.raises(DuplicateNameError, match="reason SHOP_CLOSED of risk rule 'x' is declared"):
        Registration("one").register("risk_rules")("x", build, reasons=[CLOSED, CLOSED])


def test_a_code_with_two_meanings_is_refused() -> None:
    registration = Registration("one")
    registration.register("risk_rules")("x", build, reasons=[CLOSED])
    other = Reason("SHOP_CLOSED", "It burnt down.", "Go elsewhere.")
    with pytest.raises(DuplicateNameError, match="parts that share it name the same Reason"):
        registration.register("risk_rules")("y", build, reasons=[other])


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("SHOP_CLOSED", "declares the reason 'SHOP_CLOSED', which is no Reason"),
        (Reason("shop", "Closed.", "Wait."), "a reason of risk rule 'x': 'shop' is no code"),
        (
            Reason("SHOP_CLOSED", "Closed.", ""),
            "a reason of risk rule 'x': SHOP_CLOSED has no cure",
        ),
    ],
)
def test_what_is_no_reason_is_refused(reason: Any, message: str) -> None:
    with pytest.raises(PluginError, match=message):
        Registration("one").register("risk_rules")("x", build, reasons=[reason])
