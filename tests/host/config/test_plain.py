from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from argosy.config.choice import Choice
from argosy.config.plain import instruments_in, leaves, plain
from argosy.config.secret import Secret
from argosy.model.bar_type import BarType
from argosy.model.enums import OmsType
from argosy.model.identifiers import InstrumentId
from argosy.parts.registration import Part
from tests.host.config.kit import Account, Exchange

A = InstrumentId("A.X")
B = BarType.from_str("B.X-1-DAY-LAST-EXTERNAL")


class Config(msgspec.Struct, rename={"many": "all"}):
    one: InstrumentId = A
    many: tuple[BarType, ...] = (B,)
    by: dict[InstrumentId, Decimal] = msgspec.field(default_factory=lambda: {A: Decimal("0.10")})
    none: None = None


@dataclass
class Options:
    oms: OmsType = OmsType.NETTING
    on: bool = True


def test_settings_become_what_json_holds() -> None:
    expected = {
        "one": "A.X",
        "all": ["B.X-1-DAY-LAST-EXTERNAL"],
        "by": {"A.X": "0.10"},
        "none": None,
    }
    assert expected == plain(Config())
    assert {"oms": "NETTING", "on": True} == plain(Options())
    assert ["1", 2] == plain(("1", 2))
    assert ["a", "b"] == plain({"b", "a"})


def test_a_choice_shows_its_part_and_settings() -> None:
    account = Account.model_validate({"type": "cash", "balances": ["1 USD"]})
    chosen = Choice(Part("simulators", "sim", print), account)
    expected = {
        "use": "sim",
        "type": "CASH",
        "balances": ["1.00 USD"],
        "base_currency": None,
        "leverage": "1",
        "margin_model": None,
    }
    assert expected == plain(chosen)
    assert {"use": "x"} == plain(Choice(Part("sinks", "x", print)))


def test_a_secret_is_shown_as_its_name() -> None:
    exchange = Exchange.model_validate({"key": "env:API_KEY"})
    assert {"key": "env:API_KEY", "demo": True, "endpoint": ""} == plain(exchange)


def test_a_path_inside_the_project_does_not_show_the_machine() -> None:
    assert "data/x" == plain(Path("/p/data/x"), Path("/p"))
    assert "/else/x" == plain(Path("/else/x"), Path("/p"))
    assert "data/x" == plain(Path("data/x"))


def test_instruments_are_found_wherever_settings_name_them() -> None:
    found = list(instruments_in(Config(), ("strategies", 0)))
    expected = [
        (A, ("strategies", 0, "one")),
        (InstrumentId("B.X"), ("strategies", 0, "all", 0)),
        (A, ("strategies", 0, "by", "A.X")),
    ]
    assert expected == found


def test_every_leaf_has_its_path() -> None:
    chosen = Choice(Part("sinks", "x", print), {"a": [1, {"b": Secret("env:K")}]})
    assert (Secret("env:K"), ("s", "a", 1, "b")) in list(leaves(chosen, ("s",)))
