"""The distributions and system files that the contract tests install and run."""

from pathlib import Path

from tests.contract import reef
from tests.contract.scratch import Scratch, copy_sources

DISTRIBUTIONS = Path(__file__).parent / "distributions"

CURRENCY_PAIR = """\
[[instruments]]
type = "CurrencyPair"
id = "EUR/USD.REEF"
base_currency = "EUR"
quote_currency = "USD"
price_increment = "0.00001"
size_increment = "1"
margin_init = "0.03"
margin_maint = "0.03"
"""

BUY_ONCE = """\
from argosy import InstrumentId, OrderSide, Quantity, QuoteTick, Strategy


class BuyOnce(Strategy):
    def on_start(self) -> None:
        self.subscribe_quote_ticks(InstrumentId("EUR/USD.REEF"))

    def on_quote_tick(self, tick: QuoteTick) -> None:
        if self.portfolio.is_flat(tick.instrument_id):
            order = self.order_factory.market(tick.instrument_id, OrderSide.BUY, Quantity(1_000))
            self.submit_order(order)
"""
"""A strategy file."""


def system(*sections: str, fees: str) -> str:
    """Return a system file over the quotes of EUR/USD.REEF.

    Parameters
    ----------
    fees : the line of the venue that chooses its fee model, or nothing
    """
    head = f"""\
name = "reef"
seed = 3

[catalog]
path = "data/catalog"

[venues.REEF.simulate]
use = "sim"
account = {{ type = "margin", base_currency = "USD", balances = ["1_000_000 USD"], leverage = 20 }}
{fees}

[[data]]
type = "quote"
instruments = ["EUR/USD.REEF"]
"""
    return "\n".join([head, *sections])


def reef_sources(folder: Path, *, is_compiled: bool) -> Path:
    """Write the sources of argosy-reef, with its aggregator in Python or in Cython."""
    copy_sources(folder, DISTRIBUTIONS / "argosy-reef")
    if is_compiled:
        (folder / "argosy_reef/bars.py").unlink()
        copy_sources(folder, DISTRIBUTIONS / "argosy-reef-compiled")
    return folder


def ingest(scratch: Scratch, rows: list[reef.Quote], project: Path) -> None:
    """Load quotes into the catalog of a project folder with the command line."""
    reef.write_csv(rows, project / "quotes.csv")
    options = {
        "type": "quote",
        "instrument": "EUR/USD.REEF",
        "price-precision": str(reef.DIGITS),
        "size-precision": "0",
        "time-format": "ns",
    }
    line = [word for name, text in options.items() for word in (f"--{name}", text)]
    scratch.argosy("catalog", "ingest", "quotes.csv", *line, cwd=project)
