"""The kit for strategies: equal runs are equal, and what makes them differ is caught."""

from itertools import count

import pytest

from argosy import OrderSide, Quantity, QuoteTick, Strategy
from argosy.testing.runs import PAIR, QUOTES
from argosy.testing.strategies import check_strategy

POOR = {"type": "cash", "balances": ["1 USD"]}


class BuyAt(Strategy):
    """Buy 1,000 at a quote."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self.wanted = wanted
        self.seen = 0

    def on_start(self) -> None:
        self.subscribe_quote_ticks(PAIR)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.seen += 1
        if self.seen == self.wanted:
            order = self.order_factory.market(PAIR, OrderSide.BUY, Quantity(1_000))
            self.submit_order(order)


def test_a_strategy_that_depends_on_its_data_only_passes() -> None:
    result = check_strategy(lambda: BuyAt(10))
    assert (1, 1, QUOTES) == (result.orders, result.fills, result.rows)


def test_a_strategy_that_remembers_an_earlier_run_is_caught() -> None:
    numbers = count(10)
    with pytest.raises(AssertionError, match="equal runs have different event logs"):
        check_strategy(lambda: BuyAt(next(numbers)))


def test_settings_of_the_venue_can_be_changed() -> None:
    result = check_strategy(lambda: BuyAt(10), quotes=20, account=POOR)
    assert (1, 0) == (result.orders, result.fills)
