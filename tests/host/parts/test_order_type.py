from argosy.kernel import trigger
from argosy.parts import order_type


def test_the_classes_named_here_are_those_that_the_matching_core_holds() -> None:
    assert order_type.Trigger is trigger.Trigger
    assert issubclass(order_type.PriceTrigger, order_type.Trigger)


def test_each_price_to_watch_is_a_bit_of_its_own() -> None:
    watched = [getattr(order_type, name) for name in order_type.__all__ if name.startswith("WATCH")]
    assert [1, 2, 4, 8] == sorted(watched)
