import pytest

from argosy import TraderId
from argosy.config.problems import SystemFileError
from argosy.run.by_hand import choose, plan_of


def test_a_system_without_venues_and_data_is_resolved() -> None:
    plan = plan_of({"name": "hand", "trader_id": "T-001", "seed": 3})
    assert ("hand", TraderId("T-001"), 3) == (
        plan.system.name,
        plan.system.trader_id,
        plan.system.seed,
    )
    assert ((), ()) == (plan.venues, plan.components)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(SystemFileError) as raised:
        plan_of({"name": "hand", "sed": 3, "run": {"batch_rows": 0}})
    text = str(raised.value)
    assert "sed: unknown key. Did you mean 'seed'?" in text
    assert "run.batch_rows" in text


def test_a_part_is_chosen_with_its_settings() -> None:
    choice = choose(plan_of({"name": "hand"}), "fee_models", {"use": "maker_taker"}, "fees of X")
    assert "fee model 'maker_taker'" == choice.part.label


def test_a_part_that_nobody_has_is_named_with_its_table() -> None:
    with pytest.raises(SystemFileError) as raised:
        choose(plan_of({"name": "hand"}), "simulators", {"use": "simm"}, "venue SIM")
    assert ("venue SIM: use: unknown simulated venue 'simm'. Did you mean 'sim'?") == str(
        raised.value
    )
