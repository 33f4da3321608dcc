from argosy.config.bars import BarRules
from argosy.model.bar_type import BarType
from argosy.parts.bar_aggregation import BarOptions

MINUTE = BarType.from_str("A.B-1-MINUTE-LAST-INTERNAL")
HOUR = BarType.from_str("A.B-1-HOUR-LAST-INTERNAL")


def test_a_type_has_its_own_options_else_the_usual_ones() -> None:
    own = BarOptions(interval="right-open")
    rules = BarRules(types={MINUTE: own})
    assert own == rules.options(MINUTE)
    assert BarOptions() == rules.options(HOUR)
