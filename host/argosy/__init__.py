"""Argosy: a declarative, plugin-based host for trading strategies.

Every public name can be imported from here; the module that defines it is loaded when the name is
first used, so that ``import argosy`` stays light. ``__init__.pyi`` says the same to type checkers.
"""

from importlib import import_module

_PUBLIC: dict[str, tuple[str, ...]] = {
    "argosy.errors": (
        "AccountError",
        "ArgosyError",
        "CatalogError",
        "ConfigError",
        "CurrencyMismatchError",
        "DataError",
        "DuplicateNameError",
        "InputError",
        "InstrumentNotFoundError",
        "OrderStateError",
        "PluginError",
        "PrecisionError",
        "RunError",
        "SettleError",
        "StrategyError",
        "UnknownNameError",
        "ValueRangeError",
    ),
    "argosy.engine.custom": (
        "DataType",
        "Feature",
    ),
    "argosy.kernel.clock": (
        "Clock",
        "TimeEvent",
    ),
    "argosy.model.accounts": (
        "Account",
        "BettingAccount",
        "CashAccount",
        "MarginAccount",
    ),
    "argosy.parts.risk_rule": (
        "RiskContext",
        "RiskRule",
    ),
    "argosy.model.bar_type": (
        "BarSpecification",
        "BarType",
    ),
    "argosy.model.currency": (
        "Currency",
        "register_currency",
    ),
    "argosy.model.data": (
        "F_LAST",
        "F_MBP",
        "F_SNAPSHOT",
        "F_TOB",
        "Bar",
        "BookOrder",
        "InstrumentStatusUpdate",
        "OrderBookDelta",
        "OrderBookDeltas",
        "OrderBookSnapshot",
        "QuoteTick",
        "Ticker",
        "TradeTick",
        "VenueStatusUpdate",
    ),
    "argosy.model.enums": (
        "AccountType",
        "AggregationSource",
        "AggressorSide",
        "AssetClass",
        "BarAggregation",
        "BookAction",
        "BookType",
        "ComponentState",
        "ContingencyType",
        "CurrencyType",
        "InstrumentClass",
        "LiquiditySide",
        "MarketStatusAction",
        "OmsType",
        "OptionKind",
        "OrderSide",
        "OrderStatus",
        "OrderType",
        "PositionSide",
        "PriceType",
        "TimeInForce",
        "TradingState",
        "TrailingOffsetType",
        "TriggerType",
    ),
    "argosy.model.events.account": (
        "AccountBalance",
        "AccountFlow",
        "AccountState",
        "MarginBalance",
    ),
    "argosy.model.events.order": (
        "OrderAccepted",
        "OrderCancelRejected",
        "OrderCanceled",
        "OrderDenied",
        "OrderEmulated",
        "OrderEvent",
        "OrderExpired",
        "OrderFilled",
        "OrderInitialized",
        "OrderModifyRejected",
        "OrderPendingCancel",
        "OrderPendingUpdate",
        "OrderRejected",
        "OrderReleased",
        "OrderSubmitted",
        "OrderTriggered",
        "OrderUpdated",
    ),
    "argosy.model.events.position": (
        "PositionAdjusted",
        "PositionChanged",
        "PositionClosed",
        "PositionEvent",
        "PositionOpened",
    ),
    "argosy.model.identifiers": (
        "AccountId",
        "ClientId",
        "ClientOrderId",
        "ComponentId",
        "ExecAlgorithmId",
        "InstrumentId",
        "OrderListId",
        "PositionId",
        "StrategyId",
        "Symbol",
        "TradeId",
        "TraderId",
        "Venue",
        "VenueOrderId",
    ),
    "argosy.model.instruments": (
        "BettingInstrument",
        "BinaryOption",
        "Cfd",
        "Commodity",
        "CryptoFuture",
        "CryptoOption",
        "CryptoPerpetual",
        "CurrencyPair",
        "Equity",
        "FixedTickScheme",
        "FuturesContract",
        "IndexInstrument",
        "Instrument",
        "OptionContract",
        "SyntheticInstrument",
        "TickScheme",
        "TieredTickScheme",
        "register_tick_scheme",
    ),
    "argosy.model.orders": (
        "LimitIfTouchedOrder",
        "LimitOrder",
        "MarketIfTouchedOrder",
        "MarketOrder",
        "MarketToLimitOrder",
        "Order",
        "OrderList",
        "StopLimitOrder",
        "StopMarketOrder",
        "TrailingStopLimitOrder",
        "TrailingStopMarketOrder",
    ),
    "argosy.model.position": ("Position",),
    "argosy.model.reasons": ("Reason",),
    "argosy.model.values": (
        "Money",
        "Price",
        "Quantity",
    ),
    "argosy.modes.backtest.config": ("BacktestEngineConfig",),
    "argosy.modes.backtest.engine": ("BacktestEngine",),
    "argosy.modes.backtest.node": ("BacktestNode",),
    "argosy.plugins.host": ("PluginHost",),
    "argosy.strategy.actor": ("Actor",),
    "argosy.strategy.config": (
        "ActorConfig",
        "StrategyConfig",
    ),
    "argosy.strategy.factory": ("OrderFactory",),
    "argosy.strategy.indicators": (
        "AverageTrueRange",
        "BollingerBands",
        "ExponentialMovingAverage",
        "Indicator",
        "MovingAverageConvergenceDivergence",
        "MovingAverageType",
        "RelativeStrengthIndex",
        "SimpleMovingAverage",
    ),
    "argosy.strategy.strategy": ("Strategy",),
}
"""Module -> the public names that it defines."""

_HOME = {name: module for module, names in _PUBLIC.items() for name in names}

__all__ = sorted(_HOME)  # noqa: PLE0605 (the table above is the list)
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    try:
        module = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value: object = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
