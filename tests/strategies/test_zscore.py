import pyarrow as pa
import pytest

from argosy import BacktestEngine, InstrumentId, Quantity
from argosy.run.feature_stream import FeatureStream, feature_class
from argosy.testing.instruments import default_fx_ccy
from strategies.zscore import ZScore, ZScoreConfig
from tests.host.run.kit import PAIR, SECOND, T0, quotes

SCORES = [0.5, -0.9, -1.1, -2.0, -0.1, 0.1, -1.5, 0.0, 0.2, -3.0]
ACCOUNT = {"type": "margin", "base_currency": "USD", "balances": ["1_000_000 USD"]}


def config(**more: float) -> ZScoreConfig:
    return ZScoreConfig(instrument=PAIR, trade_size=Quantity.from_int(10_000), **more)


def fills(of: InstrumentId = PAIR, **more: float) -> list[tuple[int, str]]:
    """Return when the strategy traded, in seconds, and on which side."""
    times = pa.array([T0 + number * SECOND for number in range(1, 11)], pa.timestamp("ns"))
    rows = pa.table({"ts_init": times, "instrument_id": [str(of)] * 10, "z": SCORES})
    engine = BacktestEngine()
    engine.add_venue("SIM", account=ACCOUNT)
    engine.add_instrument(default_fx_ccy("GBP/USD"))
    engine.add_data(quotes(range(11)))
    engine.add_stream(FeatureStream("zscore", feature_class(rows.schema, "rows"), rows))
    engine.add_strategy(ZScore(config(**more)))
    engine.run()
    return [
        ((order.ts_init - T0) // SECOND, str(order.side))
        for order in engine.cache.orders()
        if order.filled_qty
    ]


def test_it_buys_far_below_the_average_and_leaves_above() -> None:
    assert [(3, "BUY"), (6, "SELL"), (7, "BUY"), (9, "SELL"), (10, "BUY")] == fills()


def test_the_levels_are_settings() -> None:
    assert [(4, "BUY"), (5, "SELL"), (10, "BUY")] == fills(entry=-1.6, leave=-0.2)


def test_rows_of_other_instruments_are_left_alone() -> None:
    assert [] == fills(InstrumentId("EUR/USD.SIM"))


def test_levels_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match=r"entry was 1\.0; it must be below leave \(0\.0\)"):
        ZScore(config(entry=1.0))
