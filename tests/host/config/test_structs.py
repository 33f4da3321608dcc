"""What a strategy's config says about wrong tables."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from argosy.config.document import Document
from argosy.config.plan import Plan
from argosy.config.problems import Problems
from argosy.config.reader import Reader
from argosy.config.secret import Secret
from argosy.config.structs import read_struct
from argosy.model.bar_type import BarType
from argosy.model.enums import OrderSide
from argosy.model.identifiers import InstrumentId, StrategyId
from argosy.model.values import Quantity
from tests.host.config.kit import GOOD, CrossConfig

Wrong = Callable[..., list[str]]
AT = "s.toml:19: strategies[0]."


def test_a_config_gets_values_of_the_domain(plan_of: Callable[..., Plan]) -> None:
    text = (
        GOOD
        + 'side = "sell"\nrate = 0.1\nothers = ["EUR/USD.SIM"]\nfactor = 2\nweights = { x = 0.5 }'
    )
    (component,) = plan_of(text).components
    expected = CrossConfig(
        strategy_id=StrategyId("Cross-001"),
        instrument=InstrumentId("GBP/USD.SIM"),
        bar_type=BarType.from_str("GBP/USD.SIM-15-MINUTE-BID-INTERNAL"),
        trade_size=Quantity.from_int(100_000),
        side=OrderSide.SELL,
        rate=Decimal("0.1"),
        others=(InstrumentId("EUR/USD.SIM"),),
        factor=2.0,
        weights={"x": 0.5},
    )
    assert expected == component.choice.settings
    assert expected == component.build().config


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('fast = "10"', "fast: expected a whole number, was text"),
        ("fast = 1.5", "fast: expected a whole number, was a number"),
        ("fast = true", "fast: expected a whole number, was true or false"),
        ("fast = []", "fast: expected a whole number, was a list"),
        ("fasst = 1", "fasst: unknown key. Did you mean 'fast'?"),
        ('side = "up"', "side: expected one of NO_ORDER_SIDE, BUY, SELL, was 'up'"),
        ("rate = nan", "rate: expected a finite number, was NaN"),
        ("factor = inf", "factor: expected a finite number, was Infinity"),
        (
            'others = ["A.B", "AB"]',
            "others[1]: 'AB' is no InstrumentId. Give symbol, dot and venue, such as AUD/USD.SIM",
        ),
        ('weights = { x = "y" }', "weights: expected a number, was text"),
        (
            'rate = "env:RATE"',
            "rate: this setting does not take a secret. Write the value itself; a plugin "
            "declares a secret as SecretField",
        ),
    ],
)
def test_a_wrong_setting_is_named(wrong: Wrong, line: str, expected: str) -> None:
    assert [f"{AT}{expected}"] == wrong(f"{GOOD}{line}\n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'instrument = "GBP/USD.SIM"\nbar',
            "bar",
            "s.toml:13: strategies[0].instrument: missing key. Add instrument = ...",
        ),
        (
            '"100_000"',
            '"-5"',
            "s.toml:18: strategies[0].trade_size: ",
        ),
        (
            "15-MINUTE-BID",
            "15-MINUTE",
            "s.toml:17: strategies[0].bar_type: ",
        ),
        (
            '"Cross-001"',
            '"Cross"',
            "s.toml:15: strategies[0].id: 'Cross' is no StrategyId. "
            "Give a name, a hyphen and a tag, such as NAME-001",
        ),
    ],
)
def test_a_wrong_line_is_named(wrong: Wrong, old: str, new: str, expected: str) -> None:
    (problem,) = wrong(GOOD.replace(old, new))
    assert problem.startswith(expected)


def test_all_problems_of_a_config_come_at_once(wrong: Wrong) -> None:
    assert 4 == len(wrong(GOOD.replace('"100_000"', '"x"') + 'fast = "a"\nslow = 1\nrate = nan\n'))


class Inner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    size: int


class Outer(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    from_: int = 1
    inner: Inner | None = None
    key: Secret | None = None
    folder: Path | None = None
    many: tuple[Inner, ...] = ()
    stamp: Literal["open", "close"] | None = None
    stamps: tuple[Literal["open", "close"], ...] = ()

    def __post_init__(self) -> None:
        if self.from_ < 0:
            raise ValueError("from must not be negative")


def read(table: dict[str, object]) -> tuple[object, list[str]]:
    problems = Problems(Document("s", {}))
    made = read_struct(Reader(problems.document, problems, Path("/p")), Outer, table, ("t",))
    return made, [str(each) for each in problems._found.values()]


def test_renamed_keys_secrets_and_paths_are_read() -> None:
    made, _ = read({"from": 5, "key": "env:KEY", "folder": "data", "inner": {"size": 1}})
    assert Outer(5, Inner(1), Secret("env:KEY"), Path("/p/data")) == made


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"inner": {"size": 1, "x": 2}}, "s: t.inner: unknown key 'x'"),
        ({"many": [{"size": 1}, {}]}, "s: t.many[1]: missing key 'size'"),
        ({"many": [{"size": "a"}]}, "s: t.many[0].size: expected a whole number, was text"),
        ({"from": -1}, "s: t: from must not be negative"),
        ({"from_": 1}, "s: t.from_: unknown key. Did you mean 'from'?"),
        ({"stamp": "middle"}, "s: t.stamp: expected one of open, close, was 'middle'"),
        (
            {"stamp": "opn"},
            "s: t.stamp: expected one of open, close, was 'opn'. Did you mean 'open'?",
        ),
        ({"stamps": ["open", "opn"]}, "s: t.stamps[1]: Invalid enum value 'opn'"),
        ({"inner": 5}, "s: t.inner: expected a table or nothing, was a whole number"),
    ],
)
def test_problems_deep_inside_have_their_place(table: dict[str, object], expected: str) -> None:
    assert (None, [expected]) == read(table)


def test_a_secret_written_out_is_not_repeated() -> None:
    made, (problem,) = read({"key": "hunter2"})
    assert made is None
    assert "hunter2" not in problem
