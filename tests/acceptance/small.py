"""A small system over two hundred quotes, to be broken in many ways."""

from __future__ import annotations

from argosy import QuoteTick
from tests.acceptance.script import quote

SYSTEM = """\
name = "small"
seed = 7

[catalog]
path = "data/catalog"

[venues.SIM.simulate]
use = "sim"
account = { type = "margin", base_currency = "USD", balances = ["1_000_000 USD"], leverage = 20 }
fees = { use = "maker_taker" }

[[data]]
type = "quote"
instruments = ["GBP/USD.SIM"]

[[strategies]]
use = "ema_cross"
instrument = "GBP/USD.SIM"
bar_type = "GBP/USD.SIM-5-TICK-MID-INTERNAL"
fast = 2
slow = 3
trade_size = "100_000"
short = true
"""

PLACE = "config/small.toml"


def quotes(count: int = 200, first: int = 0) -> list[QuoteTick]:
    """Return quotes that rise and fall, one a second."""
    bids = [150_000 + (number % 37) * (1 if number % 74 < 37 else -1) for number in range(count)]
    return [quote(first + number, bid, bid + 10) for number, bid in enumerate(bids, 1)]
