from collections.abc import Callable

import pytest

from tests.host.config.kit import GOOD

Wrong = Callable[..., list[str]]

DATA = """
[[data]]
type = "quote"
instruments = ["GBP/USD.SIM"]
"""
RANGE = "start = 2012-02-01\nend = 2012-03-01\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'instruments = ["GBP/USD.SIM"]',
            'instruments = ["GBP/USD.SIM"]\nsql = "SELECT 1"',
            's.toml:7: data[0].name: missing key. Add name = "...", letters, digits and _: '
            "what the rows of the query are called",
        ),
        (
            'instruments = ["GBP/USD.SIM"]',
            "",
            's.toml:7: data[0].instruments: type = "quote" needs instruments. '
            "Add instruments = [...]",
        ),
        (
            'instruments = ["GBP/USD.SIM"]',
            'instruments = ["GBP/USD.SIM"]\nbar_types = ["GBP/USD.SIM-1-DAY-BID-EXTERNAL"]',
            's.toml:10: data[0].bar_types: type = "quote" takes instruments, not bar_types. '
            "Use instruments = [...]",
        ),
        (
            'type = "quote"\n',
            "",
            "s.toml:7: data[0].type: missing key. Add type = ...",
        ),
        (
            'type = "quote"\n',
            'type = "tests.host.config.test_row_types:Row"\n',
            "s.toml:8: data[0].type: the catalog stores no rows of a class. "
            "Add sql = ..., or use one of quote, trade, bar, delta",
        ),
        (
            'instruments = ["GBP/USD.SIM"]',
            'instruments = ["GBP/USD.SIM"]\nparams = { n = 1 }',
            "s.toml:10: data[0].params: this key belongs to a query. Add sql = ...",
        ),
        (
            'instruments = ["GBP/USD.SIM"]',
            'instruments = ["GBP/USD.SIM"]\nname = "a b"\nsql = "SELECT 1"',
            "s.toml:10: data[0].name: 'a b' is no name. "
            'Add name = "...", letters, digits and _: what the rows of the query are called',
        ),
        (
            'instruments = ["GBP/USD.SIM"]',
            'instruments = ["GBP/USD.SIM"]\nname = "a"\nsql = " "',
            "s.toml:11: data[0].sql: the query is empty. Give a SELECT that returns ts_init",
        ),
        (
            'type = "quote"\ninstruments = ["GBP/USD.SIM"]',
            'type = "delta"\nname = "a"\nsql = "SELECT 1"',
            "s.toml:8: data[0].type: deltas cannot come from a query, which has no order within "
            "a moment. Use quote, trade, bar or a class",
        ),
        (
            'instruments = ["GBP/USD.SIM"]',
            'instruments = ["GBP/USD.SIM"]\nname = "a"\nsql = "SELECT 1"\ndecimals = { z = 2 }',
            "s.toml:12: data[0].decimals: the definition of the instrument says them. "
            "Remove the key",
        ),
        (
            'type = "quote"\n',
            'name = "a"\nsql = "SELECT 1"\n',
            "s.toml:10: data[0].instruments: rows of a query take instruments only as quotes, "
            "trades or bars. Bind a value with params, or give a type",
        ),
        (
            "[[strategies]]",
            '[[data]]\nname = "a"\nsql = "SELECT 1"\n\n[[data]]\nname = "a"\nsql = "SELECT 2"\n\n'
            "[[strategies]]",
            "s.toml:18: data[2].name: two queries have the name 'a'. Change one",
        ),
        (
            'type = "quote"\ninstruments = ["GBP/USD.SIM"]',
            'type = "bar"\nbar_types = ["GBP/USD.SIM-1-DAY-BID-INTERNAL"]',
            "s.toml:9: data[0].bar_types[0]: GBP/USD.SIM-1-DAY-BID-INTERNAL is built during the "
            "run, not stored. Replay the ticks here and let the strategy subscribe to the bars",
        ),
        (
            "end = 2012-03-01",
            "end = 2012-02-01",
            "s.toml:11: data[0].end: the data ends before it starts. Give an end after start",
        ),
        (
            "seed = 7",
            "run.start = 2012-03-01\nrun.end = 2012-02-01",
            "s.toml:3: run.end: the run ends before it starts. Give an end after start",
        ),
        (
            "seed = 7",
            'plugins = { disable = ["kit"], allow = ["kit"] }',
            "s.toml:2: plugins.disable: plugin 'kit' is both allowed and disabled. "
            "Remove one of the two",
        ),
        (
            "[[strategies]]",
            f"{DATA}{RANGE}\n[[strategies]]",
            "s.toml:16: data[1].instruments[0]: quote data of GBP/USD.SIM is declared twice for "
            "the same time. Remove one, or part their times; start and end belong to the range",
        ),
        (
            'instruments = ["GBP/USD.SIM"]',
            'instruments = ["GBP/USD.SIM", "GBP/USD.SIM"]',
            "s.toml:9: data[0].instruments[1]: quote data of GBP/USD.SIM is declared twice for "
            "the same time. Remove one, or part their times; start and end belong to the range",
        ),
        (
            "[[strategies]]",
            f"{DATA}start = 2012-03-01\n[[strategies]]",
            "s.toml:16: data[1].instruments[0]: quote data of GBP/USD.SIM is declared twice for "
            "the same time. Remove one, or part their times; start and end belong to the range",
        ),
    ],
)
def test_sections_that_do_not_go_together_are_named(
    wrong: Wrong, old: str, new: str, expected: str
) -> None:
    assert [expected] == wrong(GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    "more",
    [
        f"{DATA}start = 2012-03-02\n",
        f"{DATA}end = 2012-01-31\n",
        DATA.replace("quote", "trade"),
    ],
)
def test_data_may_be_declared_in_pieces(plan_of: Callable[..., object], more: str) -> None:
    plan_of(GOOD + more)


def test_data_is_checked_beside_other_problems(wrong: Wrong) -> None:
    problems = wrong(GOOD.replace("seed = 7", 'seed = "x"') + DATA.replace("instruments", "#"))
    assert 2 == len(problems)
