"""The simulated venue, with its fee, fill, latency and margin models."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl
from argosy_sim.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from argosy.config.parts import Register


@hookimpl
def register_simulators(register: Register) -> None:
    """Offer the simulated venue."""
    register(
        "sim",
        _made_by("venue", "SimVenue"),
        settings=_model("settings", "SimSettings"),
        doc="Match orders against quotes, trades and bars.",
        reasons=REASONS,
    )


@hookimpl
def register_fee_models(register: Register) -> None:
    """Offer the fee models."""
    register(
        "maker_taker",
        _made_by("fees", "MakerTakerFees"),
        settings=_model("part_settings", "MakerTakerSettings"),
        doc="Charge a part of the notional value: one rate for makers, one for takers.",
    )
    register(
        "fixed",
        _made_by("fees", "FixedFees"),
        settings=_model("part_settings", "FixedSettings"),
        doc="Charge the same for each order, or for each fill.",
    )
    register(
        "per_contract",
        _made_by("fees", "PerContractFees"),
        settings=_model("part_settings", "PerContractSettings"),
        doc="Charge for each contract.",
    )


@hookimpl
def register_fill_models(register: Register) -> None:
    """Offer the fill models."""
    register("displayed", _bare("fill_models", "DisplayedFill"), doc="Fill what is displayed.")
    register(
        "best_price",
        _bare("fill_models", "BestPriceFill"),
        doc="Fill everything at the best price, whatever is displayed there.",
    )
    register(
        "probabilistic",
        _made_by("fill_models", "ProbabilisticFill"),
        settings=_model("part_settings", "ProbabilisticSettings"),
        doc="Draw whether a touched order is filled, and whether a taker slips by a tick.",
    )


@hookimpl
def register_latency_models(register: Register) -> None:
    """Offer the latency models."""
    register(
        "fixed",
        _made_by("latency", "FixedLatency"),
        settings=_model("part_settings", "FixedLatencySettings"),
        doc="Take the same time for every message of a kind.",
    )


@hookimpl
def register_margin_models(register: Register) -> None:
    """Offer the margin models."""
    register(
        "leveraged",
        _margin_model("LeveragedMarginModel"),
        doc="Bind notional value / leverage x the instrument's margin rate.",
    )
    register(
        "standard",
        _margin_model("StandardMarginModel"),
        doc="Bind notional value x the instrument's margin rate, whatever the leverage.",
    )


def _load(module: str, name: str) -> Any:
    return getattr(import_module(f"argosy_sim.{module}"), name)


def _made_by(module: str, name: str) -> Callable[..., Any]:
    """Return a factory that loads its class when it is called."""

    def make(*arguments: Any) -> Any:
        return _load(module, name)(*arguments)

    return make


def _bare(module: str, name: str) -> Callable[..., Any]:
    """Return a factory of a class without settings."""
    return lambda settings: _load(module, name)()


def _margin_model(name: str) -> Callable[..., Any]:
    return lambda settings: getattr(import_module("argosy.model.accounts"), name)()


def _model(module: str, name: str) -> Callable[[], type]:
    """Return what loads a settings model when it is asked for."""
    return lambda: _load(module, name)
