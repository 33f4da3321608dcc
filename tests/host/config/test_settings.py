from decimal import Decimal
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from argosy.config.secret import Secret
from argosy.config.settings import (
    BarTypeField,
    BoolField,
    CurrencyField,
    DecimalField,
    DurationField,
    InstrumentIdField,
    IntField,
    MoneyField,
    PathField,
    PriceField,
    QuantityField,
    SecretField,
    Settings,
    Spelled,
    TextField,
    TimeField,
    VenueField,
)
from argosy.model.bar_type import BarType
from argosy.model.currency import Currency
from argosy.model.enums import OmsType
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.values import Money, Price, Quantity


class Everything(Settings):
    bar_type: BarTypeField
    currency: CurrencyField
    rate: DecimalField
    delay_ns: Annotated[DurationField, Field(alias="delay")]
    instrument: InstrumentIdField
    money: MoneyField
    path: PathField
    price: PriceField
    quantity: QuantityField
    secret: SecretField
    time: TimeField
    venue: VenueField
    oms: Annotated[OmsType, Spelled(OmsType)]
    flag: BoolField
    count: IntField
    text: TextField


GIVEN = {
    "bar_type": "A.B-1-DAY-LAST-EXTERNAL",
    "currency": "USD",
    "rate": Decimal("0.1"),
    "delay": "5ms",
    "instrument": "A.B",
    "money": "10 USD",
    "path": "data",
    "price": "1.50",
    "quantity": 7,
    "secret": "env:KEY",
    "time": "1970-01-01",
    "venue": "B",
    "oms": "hedging",
    "flag": True,
    "count": 3,
    "text": "x",
}


def test_each_field_reads_what_a_file_holds() -> None:
    made = Everything.model_validate(GIVEN, context={"project": Path("/p")})
    expected = {
        "bar_type": BarType.from_str("A.B-1-DAY-LAST-EXTERNAL"),
        "currency": Currency.from_str("USD"),
        "rate": Decimal("0.1"),
        "delay_ns": 5_000_000,
        "instrument": InstrumentId("A.B"),
        "money": Money.from_str("10 USD"),
        "path": Path("/p/data"),
        "price": Price.from_str("1.50"),
        "quantity": Quantity.from_int(7),
        "secret": Secret("env:KEY"),
        "time": 0,
        "venue": Venue("B"),
        "oms": OmsType.HEDGING,
        "flag": True,
        "count": 3,
        "text": "x",
    }
    assert expected == dict(made)


def test_values_made_in_python_pass_as_they_are() -> None:
    made = Everything.model_validate(GIVEN)
    given = {key: value for key, value in made if key != "delay_ns"}
    assert made == Everything.model_validate({**given, "delay": "5ms"})


def test_settings_never_change() -> None:
    made = Everything.model_validate(GIVEN)
    with pytest.raises(ValidationError, match="frozen"):
        made.count = 4  # type: ignore[misc]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("count", "3"),
        ("count", True),
        ("count", Decimal("1.5")),
        ("flag", 1),
        ("flag", "yes"),
        ("text", 5),
        ("rate", "nan"),
        ("oms", "net"),
        ("secret", "hunter2"),
        ("time", "soon"),
        ("delay", 5),
        ("extra", 1),
    ],
)
def test_nothing_is_guessed(key: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Everything.model_validate(GIVEN | {key: value})
    assert [(key,)] == [error["loc"] for error in caught.value.errors()]
    assert "hunter2" not in str(caught.value)


def test_the_schema_says_what_a_file_holds() -> None:
    properties = Everything.model_json_schema()["properties"]
    assert "string" == properties["money"]["type"]
    assert "string" == properties["delay"]["type"]
    assert {"number", "string"} == {each["type"] for each in properties["rate"]["anyOf"]}
    assert "netting" in properties["oms"]["enum"]


def test_a_type_without_a_spelling_is_refused_where_it_is_declared() -> None:
    with pytest.raises(TypeError, match="no spelling"):

        class Wrong(Settings):
            value: Annotated[object, Spelled(object)]
