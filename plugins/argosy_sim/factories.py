"""What builds the models, by name; imported when the first one is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from argosy.parts.fee_model import FeeModel
from argosy.parts.fill_model import FillModel
from argosy.parts.latency_model import LatencyModel
from argosy.parts.margin_model import LeveragedMarginModel, MarginModel, StandardMarginModel
from argosy_sim.fees import FixedFees, MakerTakerFees, PerContractFees
from argosy_sim.fill_models import BestPriceFill, DisplayedFill, ProbabilisticFill
from argosy_sim.latency import FixedLatency

FEES: Mapping[str, Callable[[Any], FeeModel]] = {
    "maker_taker": MakerTakerFees,
    "fixed": FixedFees,
    "per_contract": PerContractFees,
}
FILLS: Mapping[str, Callable[[Any], FillModel]] = {
    "displayed": lambda _: DisplayedFill(),
    "best_price": lambda _: BestPriceFill(),
    "probabilistic": ProbabilisticFill,
}
LATENCIES: Mapping[str, Callable[[Any], LatencyModel]] = {"fixed": FixedLatency}
MARGINS: Mapping[str, Callable[[Any], MarginModel]] = {
    "leveraged": lambda _: LeveragedMarginModel(),
    "standard": lambda _: StandardMarginModel(),
}
