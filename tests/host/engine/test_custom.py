"""Types of custom data are told apart by class and metadata."""

import msgspec
import pytest

from argosy.engine.custom import DataType, Feature, custom_topic


class Weather:
    """Something that a user's own class could hold."""


class Tides:
    """Another one."""

    class Weather:
        """A class of the same name elsewhere."""


def test_metadata_is_part_of_the_topic_in_the_order_of_its_keys() -> None:
    one = DataType(Weather, {"b": 2, "a": "x"})
    assert custom_topic(one).endswith(".Weather.a=x.b=2")
    assert custom_topic(one) == custom_topic(DataType(Weather, {"a": "x", "b": 2}))


def test_types_are_equal_by_class_and_metadata() -> None:
    assert DataType(Weather, {"a": 1}) == DataType(Weather, {"a": 1})
    assert hash(DataType(Weather, {"a": 1})) == hash(DataType(Weather, {"a": 1}))
    assert DataType(Weather, {"a": 1}) != DataType(Weather, {"a": 2})
    assert DataType(Weather) != DataType(Tides)
    assert DataType(Weather) != "Weather"


def test_equal_types_have_one_topic_and_one_hash() -> None:
    whole, decimal = DataType(Weather, {"a": 1}), DataType(Weather, {"a": 1.0})
    assert (whole == decimal) == (custom_topic(whole) == custom_topic(decimal))


def test_classes_of_one_name_have_topics_of_their_own() -> None:
    assert custom_topic(DataType(Weather)) != custom_topic(DataType(Tides.Weather))


def test_a_type_shows_its_class_and_metadata() -> None:
    assert repr(DataType(Weather, {"a": 1})) == "DataType(Weather, {'a': 1})"


def test_a_feature_names_its_columns_where_one_is_missing() -> None:
    kind = msgspec.defstruct("Feature", [("z", float)], bases=(Feature,), frozen=True, kw_only=True)
    made = kind(name="zscore", ts_event=1, ts_init=2, z=0.5)
    assert (0.5, 2) == (made.z, made.ts_init)
    with pytest.raises(
        AttributeError, match="feature 'zscore' has no 'x'; it has ts_event, ts_init, z"
    ):
        _ = made.x
