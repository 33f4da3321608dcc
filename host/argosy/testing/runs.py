"""Small backtests for tests: a venue, an instrument and quotes that are always the same."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from argosy.model.data import QuoteTick
from argosy.model.identifiers import InstrumentId
from argosy.model.values import Price, Quantity
from argosy.modes.backtest.config import BacktestEngineConfig
from argosy.modes.backtest.engine import BacktestEngine
from argosy.testing.demo import series
from argosy.testing.instruments import default_fx_ccy

if TYPE_CHECKING:
    from argosy.config.plan import Plan

PAIR = InstrumentId("EUR/USD.SIM")
QUOTES = 600
VENUE = {
    "oms": "netting",
    "account": {"type": "margin", "base_currency": "USD", "balances": ["1_000_000 USD"]},
}


def make_engine(
    config: BacktestEngineConfig | Plan | None = None,
    *,
    quotes: int = QUOTES,
    batch_rows: int = QUOTES,
    **venue: Any,
) -> BacktestEngine:
    """Return a backtest with the venue SIM, EUR/USD.SIM and its quotes, about ten a minute.

    Parameters
    ----------
    config : settings, or a resolved plan
    quotes : how many
    venue : settings of ``simulate``, over those of a netting margin account with 1,000,000 USD
    """
    made = BacktestEngine(config)
    made.add_venue("SIM", **{**VENUE, **venue})
    made.add_instrument(default_fx_ccy("EUR/USD"))
    made.add_data(make_quotes(quotes), batch_rows=batch_rows)
    return made


def make_quotes(count: int = QUOTES) -> list[QuoteTick]:
    """Return quotes of EUR/USD.SIM: a random walk that is the same everywhere."""
    return [_at_sim(each) for each in islice(series(count), count)]


def _at_sim(quote: QuoteTick) -> QuoteTick:
    return QuoteTick(
        PAIR,
        Price.from_raw(quote.bid_price.raw, 5),
        Price.from_raw(quote.ask_price.raw, 5),
        Quantity.from_raw(quote.bid_size.raw, 0),
        Quantity.from_raw(quote.ask_size.raw, 0),
        quote.ts_event,
        quote.ts_init,
    )
