"""What a plugin's pydantic settings say about wrong tables: the table of a simulated venue."""

from collections.abc import Callable

import pytest
from pydantic import BaseModel

from argosy.config.document import Document
from argosy.config.models import keys, read_model
from argosy.config.problems import Problems
from argosy.config.reader import Reader
from tests.host.config.kit import GOOD, Exchange

Wrong = Callable[..., list[str]]
ACCOUNT = 'account = { type = "margin", balances = ["1_000_000 USD"] }'
AT = "s.toml:5: venues.SIM.simulate"


def with_table(inside: str) -> str:
    return GOOD.replace(ACCOUNT, inside)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f'{ACCOUNT}, omss = "netting"', ".omss: unknown key. Did you mean 'oms'?"),
        ("depth = 1", ".account: missing key. Add account = ..."),
        (
            'account = { balances = ["1 USD"] }',
            ".account.type: missing key. Add type = ...",
        ),
        (
            'account = { type = "margin", balances = ["1 USD"], leverag = 5 }',
            ".account.leverag: unknown key. Did you mean 'leverage'?",
        ),
        ("account = 5", ".account: expected a table, was a number"),
        (
            'account = { type = "margin", balances = "1 USD" }',
            ".account.balances: expected a list, was text",
        ),
        (
            'account = { type = "margin", balances = ["1 USD", 5] }',
            '.account.balances[1]: expected an amount and its currency such as "10_000 USD", was 5',
        ),
        (
            'account = { type = "margn", balances = [] }',
            ".account.type: expected one of CASH, MARGIN, BETTING, was 'margn'",
        ),
        (
            'account = { type = "margin", balances = [], base_currency = "USDX" }',
            ".account.base_currency: unknown currency 'USDX'. Did you mean 'USD'?",
        ),
        (
            'account = { type = "margin", balances = [], leverage = nan }',
            ".account.leverage: expected a finite number, was NaN",
        ),
        (f'{ACCOUNT}, depth = "1"', ".depth: expected a whole number, was text"),
        (f"{ACCOUNT}, depth = 1.5", ".depth: expected a whole number, was a number"),
        (f"{ACCOUNT}, depth = true", ".depth: expected a whole number, was true"),
        (f"{ACCOUNT}, profile = 5", ".profile: expected text in quotes, was a number"),
        (
            f'{ACCOUNT}, fees = {{ use = "fixd" }}',
            ".fees.use: unknown fee model 'fixd'. Did you mean 'fixed'?",
        ),
        (f'{ACCOUNT}, fees = "fixd"', ".fees: unknown fee model 'fixd'. Did you mean 'fixed'?"),
        (
            f"{ACCOUNT}, fees = {{ rate = 1 }}",
            ".fees.use: missing key. Add use = ... to say which fee model "
            "(available: fixed, maker)",
        ),
        (f"{ACCOUNT}, fees = 5", ".fees: expected a table with use = ..., was 5"),
        (
            f"{ACCOUNT}, fees = {{ use = 5 }}",
            ".fees.use: expected the name of a fee model, was 5",
        ),
        (
            f'{ACCOUNT}, fees = {{ use = "maker", rat = 1 }}',
            ".fees.rat: unknown key. Did you mean 'rate'?",
        ),
        (
            f'{ACCOUNT}, fees = {{ use = "fixed" }}',
            ".fees.amount: missing key. Add amount = ...",
        ),
        (
            f'{ACCOUNT}, modules = [{{ use = "rollover" }}, {{ use = "rollover", rate = "x" }}]',
            ".modules[1].rate: expected a number, was 'x'",
        ),
        (
            f'{ACCOUNT}, modules = {{ use = "rollover" }}',
            ".modules: expected a list of tables, was one table. "
            "Write its name in [[two brackets]]",
        ),
        (
            'account = { type = "margin", balances = [], margin_model = '
            '{ use = "leveraged", x = 1 } }',
            ".account.margin_model.x: unknown key: margin model 'leveraged' takes no settings",
        ),
        (
            f'{ACCOUNT}, profile = "env:HOME"',
            ".profile: this setting does not take a secret. Write the value itself; a plugin "
            "declares a secret as SecretField",
        ),
    ],
)
def test_a_wrong_setting_is_named(wrong: Wrong, inside: str, expected: str) -> None:
    assert [f"{AT}{expected}"] == wrong(with_table(inside))


def test_all_problems_of_a_table_come_at_once(wrong: Wrong) -> None:
    inside = 'account = { type = 5, balances = ["x"] }, depth = "1", fees = "no", zz = 1'
    assert 5 == len(wrong(with_table(inside)))


def test_a_literal_secret_is_not_repeated(wrong: Wrong) -> None:
    text = GOOD.replace(
        "[[data]]", 'adapter = { use = "exchange", key = "hunter2" }\n\n[[data]]', 1
    )
    (problem,) = wrong(text)
    assert problem.startswith("s.toml:7: venues.SIM.adapter.key: a secret is named")
    assert "hunter2" not in problem


def test_a_secret_of_the_wrong_type_is_not_repeated(wrong: Wrong) -> None:
    text = GOOD.replace("[[data]]", 'adapter = { use = "exchange", key = 4711 }\n\n[[data]]', 1)
    (problem,) = wrong(text)
    assert "4711" not in problem


class Loose(BaseModel):
    """A model of a stranger that ignores what it does not know."""

    count: int = 0
    inner: dict[str, int] = {}


def read(model: type[BaseModel], table: dict[str, object], tmp_path) -> tuple[object, Problems]:
    problems = Problems(Document("s", {}))
    reader = Reader(problems.document, problems, tmp_path)
    return read_model(reader, model, table, ("t",)), problems


def test_unknown_keys_are_refused_even_where_the_model_ignores_them(tmp_path) -> None:
    made, problems = read(Loose, {"coun": 1}, tmp_path)
    assert (None, 1) == (made, len(problems))


def test_what_pydantic_says_of_a_strangers_model_is_placed(tmp_path) -> None:
    _, problems = read(Loose, {"inner": {"a": "x"}}, tmp_path)
    with pytest.raises(Exception, match=r"s: t.inner.a: expected a whole number, was text"):
        problems.raise_if_any()


def test_null_means_left_out(tmp_path) -> None:
    made, _ = read(Exchange, {"key": "env:KEY", "endpoint": ""}, tmp_path)
    assert made is not None


def test_keys_are_what_a_file_may_say() -> None:
    assert {"key": "key", "demo": "demo", "endpoint": "endpoint"} == keys(Exchange)
