import pickle
from pathlib import Path

import pytest

from argosy import errors
from argosy.errors import (
    AccountError,
    ArgosyError,
    ConfigError,
    CurrencyMismatchError,
    InputError,
    InstrumentNotFoundError,
    OrderStateError,
    PrecisionError,
    RunError,
    SettleError,
    StrategyError,
    UnknownNameError,
    ValueRangeError,
    source_place,
    suggest,
)

CLASSES = [
    each
    for each in vars(errors).values()
    if getattr(each, "__module__", "") == errors.__name__ and isinstance(each, type)
]


def test_an_input_error_reads_place_message_and_cure() -> None:
    error = ConfigError("no key 'fastt'", place="demo.toml:12", cure="Did you mean 'fast'?")
    assert str(error) == "demo.toml:12: no key 'fastt'. Did you mean 'fast'?"


def test_an_input_error_may_lack_place_and_cure() -> None:
    assert str(InputError("no such file")) == "no such file"
    assert str(InputError("no such file", place="a.toml")) == "a.toml: no such file"


def test_a_message_that_ends_a_sentence_gets_no_second_stop() -> None:
    assert str(InputError("Is it there?", cure="Create it.")) == "Is it there? Create it."


def test_what_the_user_gave_exits_with_2_and_a_failed_run_with_1() -> None:
    assert {InputError.exit_code, ConfigError.exit_code, InstrumentNotFoundError.exit_code} == {2}
    assert {RunError.exit_code, SettleError.exit_code, AccountError.exit_code} == {1}


def test_every_class_is_in_the_tree_that_the_docstring_draws() -> None:
    assert errors.__doc__ is not None
    assert [] == [each.__name__ for each in CLASSES if each.__name__ not in errors.__doc__]
    assert all(issubclass(each, ArgosyError) for each in CLASSES)


def test_a_wrong_value_is_also_a_value_error() -> None:
    assert issubclass(PrecisionError, ValueError)
    assert issubclass(CurrencyMismatchError, ValueRangeError)


def test_an_unknown_name_gets_a_suggestion() -> None:
    error = UnknownNameError("fee model", "makertaker", ["maker_taker", "fixed"])
    assert str(error) == "unknown fee model 'makertaker'. Did you mean 'maker_taker'?"


def test_an_unknown_name_like_no_other_gets_the_list() -> None:
    error = UnknownNameError("venue", "zz", ["sim", "ccxt"], place="demo.toml:3")
    assert str(error) == "demo.toml:3: unknown venue 'zz'. Available: ccxt, sim"


def test_an_unknown_name_among_none_says_only_that() -> None:
    assert str(UnknownNameError("venue", "sim")) == "unknown venue 'sim'"


@pytest.mark.parametrize(
    ("name", "available", "expected"),
    [
        ("ema_cros", ["ema_cross", "rebalance"], "did you mean 'ema_cross'?"),
        ("MINUET", ["MINUTE", "MONTH"], "did you mean 'MINUTE'?"),
        ("minute", ["MINUTE"], "did you mean 'MINUTE'?"),
        ("x", ["b", "a"], "available: a, b"),
        ("x", [], ""),
    ],
)
def test_suggest(name: str, available: list[str], expected: str) -> None:
    assert expected == suggest(name, available)


def test_a_long_list_of_names_is_cut() -> None:
    names = [f"name_{number:03}" for number in range(100)]
    assert suggest("zzz", names).endswith("name_019 and 80 more")


@pytest.mark.parametrize(
    "error",
    [
        ConfigError("wrong", place="a.toml:1", cure="Mend it."),
        UnknownNameError("venue", "simm", ["sim"], place="a.toml:2"),
        OrderStateError("O-1", "FILLED", "OrderCanceled"),
        StrategyError("EMACross-001", "on_bar", ZeroDivisionError("division by zero")),
        ValueRangeError("too large"),
    ],
)
def test_an_error_survives_another_process(error: ArgosyError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)


def test_an_order_state_error_names_order_event_and_state() -> None:
    error = OrderStateError("O-1", "FILLED", "OrderCanceled")
    assert str(error) == "order O-1: OrderCanceled is not possible in state FILLED"


def test_a_strategy_error_names_component_handler_and_cause() -> None:
    error = StrategyError("EMACross-001", "on_bar", KeyError("fast"))
    assert str(error) == "EMACross-001.on_bar: KeyError: 'fast'"


def test_a_cause_that_says_nothing_is_its_kind() -> None:
    assert "A-1.on_bar: SystemExit" == str(StrategyError("A-1", "on_bar", SystemExit()))


def test_a_source_is_seen_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "strategies/mine.py"
    assert "strategies/mine.py:7" == source_place(file, 7)
    assert "strategies/mine.py" == source_place(str(file))
    assert f"{tmp_path.parent / 'a.py'}:1" == source_place(tmp_path.parent / "a.py", 1)
