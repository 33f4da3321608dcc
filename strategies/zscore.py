"""Z-score: buy what is far below its average, and leave when it is back; the query says how far."""

from __future__ import annotations

from argosy import (
    DataType,
    Feature,
    InstrumentId,
    OrderSide,
    Quantity,
    Strategy,
    StrategyConfig,
)


class ZScoreConfig(StrategyConfig, frozen=True):
    """Settings of the z-score.

    Parameters
    ----------
    instrument : what is traded
    feature : the name of the query; its rows have `instrument_id` and `z`
    trade_size : what is held
    entry : bought when `z` is below it
    leave : sold when `z` is above it
    """

    instrument: InstrumentId
    trade_size: Quantity
    feature: str = "zscore"
    entry: float = -1.0
    leave: float = 0.0


class ZScore(Strategy):
    """Trade the z-scores of one instrument that a query gives."""

    def __init__(self, config: ZScoreConfig) -> None:
        super().__init__(config)
        if config.entry >= config.leave:
            raise ValueError(f"entry was {config.entry}; it must be below leave ({config.leave})")

    def on_start(self) -> None:
        """Ask for the rows of the query."""
        self.subscribe_data(DataType(Feature, {"name": self.config.feature}))

    def on_data(self, data: Feature) -> None:
        """Trade where the row is about the instrument."""
        instrument = self.config.instrument
        if data.instrument_id != instrument:
            return
        is_flat = self.portfolio.is_flat(instrument)
        if is_flat and data.z < self.config.entry:
            size = self.config.trade_size
            self.submit_order(self.order_factory.market(instrument, OrderSide.BUY, size))
        elif not is_flat and data.z > self.config.leave:
            self.close_all_positions(instrument)
