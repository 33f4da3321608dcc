from collections.abc import Callable

import pytest

from argosy.config.plan import Plan
from argosy.config.resolve import resolve
from argosy.config.system_file import SystemFile
from tests.host.config import kit
from tests.host.config.kit import GOOD

Wrong = Callable[..., list[str]]
PlanOf = Callable[..., Plan]


def test_a_file_is_resolved_as_often_as_one_likes() -> None:
    system = {"name": "x", "data": [{"type": "quote", "instruments": ["A.SIM"]}]}
    venue = {"simulate": {"use": "sim", "account": {"type": "cash", "balances": ["1 USD"]}}}
    file = SystemFile.from_dict({**system, "venues": {"SIM": venue}})
    assert resolve(file, kit.host()).to_dict() == resolve(file, kit.host()).to_dict()


def test_a_system_that_python_completes_needs_no_data_yet() -> None:
    plan = resolve(SystemFile.from_dict({"name": "x"}), kit.host(), is_whole=False)
    assert ((), ()) == (plan.data, plan.venues)


def test_the_catalog_has_a_usual_part_and_its_own_settings(plan_of: PlanOf) -> None:
    assert "ducklake" == plan_of(GOOD).catalog.part.name
    plan = plan_of(f'{GOOD}\n[catalog]\npath = "else"\n')
    assert plan.project / "else" == plan.catalog.settings.path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[catalog]\nuse = "shelf"',
            "s.toml:20: catalog.use: unknown catalog 'shelf'. Available: ducklake",
        ),
        ('[catalog]\npaht = "x"', "s.toml:20: catalog.paht: unknown key. Did you mean 'path'?"),
        ("[catalog]\npath = 5", "s.toml:20: catalog.path: expected a path, was 5"),
        ("[risk]\nrat = 5", "s.toml:20: risk.rat: unknown key. Did you mean 'rate'?"),
        (
            '[risk]\ndisable = ["rat"]',
            "s.toml:20: risk.disable[0]: unknown risk rule 'rat'. Did you mean 'rate'?",
        ),
        ("[risk.rate]\nmots = 5", "s.toml:20: risk.rate.mots: unknown key. Did you mean 'most'?"),
        (
            "[risk.rates]\nmost = 5",
            "s.toml:19: risk.rates: unknown risk rule 'rates'. Did you mean 'rate'?",
        ),
        ("[risk]\nrate = 5", "s.toml:20: risk.rate: expected a table, was 5"),
        (
            '[plugins]\ndisable = ["kti"]',
            "s.toml:20: plugins.disable[0]: no plugin 'kti' is installed. Did you mean 'kit'?",
        ),
        (
            '[plugins]\nallow = ["kti"]',
            "s.toml:20: plugins.allow[0]: no plugin 'kti' is installed. Did you mean 'kit'?",
        ),
        ("[plugins]\ndisabel = []", "s.toml:20: plugins.disabel: unknown key. Did you mean"),
        ("[plugins]\nkit = 5", "s.toml:20: plugins.kit: expected a table for each part"),
        (
            "[plugins.kit.STOP]\nmost = 1",
            "s.toml:19: plugins.kit.STOP: plugin 'kit' has no part 'STOP' that takes settings "
            "here. Available: STOP_MARKET",
        ),
        (
            '[plugins.kit.STOP_MARKET]\nmost = "x"',
            "s.toml:20: plugins.kit.STOP_MARKET.most: expected a whole number, was text",
        ),
    ],
)
def test_a_wrong_name_is_named(wrong: Wrong, text: str, expected: str) -> None:
    (problem,) = wrong(f"{GOOD}{text}\n")
    assert problem.startswith(expected)


def test_default_rules_apply_and_others_where_they_have_a_table(plan_of: PlanOf) -> None:
    assert ["rate"] == list(plan_of(GOOD).risk.rules)
    rules = plan_of(f"{GOOD}[risk.size]\nmost = 3\n").risk.rules
    assert ["rate", "size"] == list(rules)
    assert (10, 3) == (rules["rate"].settings.most, rules["size"].settings.most)
    assert [] == list(plan_of(f'{GOOD}[risk]\ndisable = ["rate"]\n').risk.rules)


def test_a_rules_table_may_use_another_part_in_its_place(plan_of: PlanOf) -> None:
    rules = plan_of(f'{GOOD}[risk.rate]\nuse = "size"\n').risk.rules
    assert "size" == rules["rate"].part.name


def test_every_order_type_and_aggregation_is_there_with_its_settings(plan_of: PlanOf) -> None:
    plan = plan_of(f"{GOOD}[plugins.kit.STOP_MARKET]\nmost = 3\n")
    assert 3 == plan.order_types["STOP_MARKET"].settings.most
    assert ["MINUTE"] == list(plan.bar_aggregations)
    assert {} == plan.statistics["trades"].factory()


def test_all_problems_of_a_file_come_at_once_in_its_order(wrong: Wrong) -> None:
    text = GOOD.replace('"good"', "5").replace("seed", "sed").replace('"sim"', '"sm"')
    text = text.replace("2012-03-01", '"x"').replace('"cross"', '"crss"') + "[rsk]\n"
    problems = wrong(text)
    assert [1, 2, 5, 11, 14, 19] == [int(each.split(":")[1]) for each in problems]


def test_instruments_that_the_file_defines_come_with_the_plan(plan_of: PlanOf) -> None:
    text = """
[[instruments]]
type = "CurrencyPair"
id = "GBP/USD.SIM"
base_currency = "GBP"
quote_currency = "USD"
price_increment = "0.00001"
size_increment = 1
"""
    (instrument,) = plan_of(GOOD + text).instruments
    assert ("GBP/USD.SIM", 5) == (instrument.id, instrument.price_precision)


def test_sinks_are_parts_in_declared_order(wrong: Wrong) -> None:
    (problem,) = wrong(f'{GOOD}[[sinks]]\nuse = "recordr"\n')
    assert problem.startswith("s.toml:20: sinks[0].use: unknown sink 'recordr'")


def test_the_table_of_a_sink_needs_a_name(wrong: Wrong) -> None:
    (problem,) = wrong(f'{GOOD}[[sinks]]\npath = "x"\n')
    assert problem.startswith("s.toml:19: sinks[0].use: missing key")
