"""What a wrong system file gets: file, line, key and cure, exit code 2, and nothing is begun."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.kit import Project
from tests.acceptance.small import PLACE, SYSTEM


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("seed = 7", "sed = 7", f"{PLACE}:2: sed: unknown key. Did you mean 'seed'?"),
        (
            "seed = 7",
            'seed = "seven"',
            f"{PLACE}:2: seed: expected a whole number, was text",
        ),
        (
            'use = "sim"',
            'use = "simm"',
            f"{PLACE}:8: venues.SIM.simulate.use: unknown simulated venue 'simm'."
            " Did you mean 'sim'?",
        ),
        (
            'use = "maker_taker"',
            'use = "maker_taker", takr = 1',
            f"{PLACE}:10: venues.SIM.simulate.fees.takr: unknown key. Did you mean 'taker'?",
        ),
        (
            'use = "ema_cross"',
            'use = "ema_crss"',
            f"{PLACE}:17: strategies[0].use: unknown strategy 'ema_crss'."
            " Did you mean 'ema_cross'?",
        ),
        (
            "fast = 2",
            'fast = "two"',
            f"{PLACE}:20: strategies[0].fast: expected a whole number, was text",
        ),
        (
            'balances = ["1_000_000 USD"]',
            'balances = ["NaN USD"]',
            f"{PLACE}:9: venues.SIM.simulate.account.balances[0]: ",
        ),
        (
            'balances = ["1_000_000 USD"]',
            'balances = ["-5 USD"]',
            f"{PLACE}:9: venues.SIM.simulate.account: balances has -5.00 USD: expected at least 0.",
        ),
        (
            'use = "maker_taker"',
            'use = "maker_taker", taker = "5"',
            f"{PLACE}:10: venues.SIM.simulate.fees.taker: expected a part of the notional",
        ),
        (
            "short = true",
            'short = true\n\n[risk.notional]\nmax_per_order = { "GBP/USD.SIN" = 5 }',
            f"{PLACE}:26: risk.notional.max_per_order.\"GBP/USD.SIN\": instrument 'GBP/USD.SIN'"
            " is not in the run. Did you mean 'GBP/USD.SIM'?",
        ),
        ("leverage = 20", "leverage = inf", f"{PLACE}:9: venues.SIM.simulate.account.leverage: "),
        ('trade_size = "100_000"', 'trade_size = "-1"', f"{PLACE}:22: strategies[0].trade_size: "),
        ('name = "small"', "name = ", f"{PLACE}:1"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(
    scratch: Project, before: str, after: str, expected: str
) -> None:
    assert before in SYSTEM
    scratch.write(PLACE, SYSTEM.replace(before, after))
    result = scratch.line("run", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(f"error: {expected}"), result.stderr
    assert "Traceback" not in result.stderr
    assert not scratch.catalog_path.exists()


def test_settings_that_a_strategy_refuses_are_told_with_its_table(small: Project) -> None:
    small.write(PLACE, SYSTEM.replace("fast = 2", "fast = 5"))
    result = small.line("run", PLACE)
    expected = (
        f"error: {PLACE}:16: strategies[0]: strategy 'ema_cross' cannot be made with these"
        " settings: fast was 5; it must be below slow (3)\n"
    )
    assert (2, "", expected) == (result.exit_code, result.stdout, result.stderr)


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_catalog_that_is_not_there_is_not_made_by_reading(scratch: Project, command: str) -> None:
    scratch.write(PLACE, SYSTEM)
    result = scratch.line(command, PLACE)
    assert 2 == result.exit_code
    assert (
        f"error: {PLACE}:5: catalog.path: there is no catalog at {scratch.catalog_path.resolve()}"
        " to read GBP/USD.SIM from. Correct the path, or load data with `argosy catalog ingest`\n"
    ) == result.stderr
    assert not scratch.catalog_path.exists()


def test_a_file_in_the_place_of_a_catalog_is_no_catalog(scratch: Project) -> None:
    scratch.write("data/catalog", "no folder")
    scratch.write(PLACE, SYSTEM)
    result = scratch.line("check", PLACE)
    assert 2 == result.exit_code
    assert f"{PLACE}:5: catalog.path: there is no catalog at " in result.stderr


def test_a_missing_file_is_named(scratch: Project) -> None:
    result = scratch.line("run", "config/smal.toml")
    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith("error: config/smal.toml: ")


def test_an_instrument_without_a_definition_is_named_with_the_cure(small: Project) -> None:
    small.write(PLACE, SYSTEM.replace("GBP/USD.SIM", "GBP/JPY.SIM"))
    result = small.line("run", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    assert (
        "error: instrument GBP/JPY.SIM has no definition; the catalog has: GBP/USD.SIM. Declare it"
        " under [[instruments]], or load its definition into the catalog\n"
    ) == result.stderr


def test_data_that_the_catalog_does_not_have_are_named(small: Project) -> None:
    small.write(PLACE, SYSTEM.replace('type = "quote"', 'type = "trade"'))
    result = small.line("check", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    assert "GBP/USD.SIM" in result.stderr
    assert "trades" in result.stderr
    small.write(PLACE, SYSTEM.replace('instruments = ["GBP/USD.SIM"]', 'instruments = ["A.SIM"]'))
    assert 2 == small.line("check", PLACE).exit_code


OTHER = """
[[instruments]]
type = "CurrencyPair"
id = "GBP/USD.SIM"
base_currency = "GBP"
quote_currency = "USD"
price_increment = "{tick}"
size_increment = "1"
"""


def test_two_definitions_that_differ_are_refused(small: Project) -> None:
    small.write(PLACE, SYSTEM + OTHER.replace("{tick}", "0.0001"))
    result = small.line("check", PLACE)
    expected = "instrument GBP/USD.SIM is defined in the system file and in the catalog"
    assert 2 == result.exit_code
    assert expected in result.stderr
    assert "Remove one of them, or make them equal" in result.stderr


def test_json_tells_problems_one_by_one(scratch: Project) -> None:
    text = SYSTEM.replace("seed = 7", "sed = 7").replace("fast = 2", "fst = 2")
    scratch.write(PLACE, text)
    result = scratch.line("run", PLACE, "--json")
    problems = json.loads(result.stdout)["error"]["problems"]
    assert 2 == result.exit_code
    assert [f"{PLACE}:2: sed", f"{PLACE}:20: strategies[0].fst"] == [
        each["place"] for each in problems
    ]
