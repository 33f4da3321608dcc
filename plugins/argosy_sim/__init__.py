"""The simulated venue, with its fee, fill, latency and margin models."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl
from argosy_sim.reasons import REASONS

if TYPE_CHECKING:
    from argosy.hookspecs import Register
    from argosy.parts.fee_model import FeeModel
    from argosy.parts.fill_model import FillModel
    from argosy.parts.latency_model import LatencyModel
    from argosy.parts.margin_model import MarginModel
    from argosy.parts.simulator import SimulatedVenue, SimulationContext
    from argosy_sim.settings import SimSettings
    from argosy_sim.venue import SimVenue


@hookimpl
def register_simulators(register: Register[SimulatedVenue, [Any, SimulationContext]]) -> None:
    """Offer the simulated venue."""
    register(
        "sim",
        _venue,
        settings=_venue_settings,
        doc="Match orders against quotes, trades and bars.",
        reasons=REASONS,
    )


@hookimpl
def register_fee_models(register: Register[FeeModel]) -> None:
    """Offer the fee models."""
    register(
        "maker_taker",
        partial(_fees, "maker_taker"),
        settings=partial(_settings, "fees", "maker_taker"),
        doc="Charge a part of the notional value: one rate for makers, one for takers.",
    )
    register(
        "fixed",
        partial(_fees, "fixed"),
        settings=partial(_settings, "fees", "fixed"),
        doc="Charge the same for each order, or for each fill.",
    )
    register(
        "per_contract",
        partial(_fees, "per_contract"),
        settings=partial(_settings, "fees", "per_contract"),
        doc="Charge for each contract.",
    )


@hookimpl
def register_fill_models(register: Register[FillModel]) -> None:
    """Offer the fill models."""
    register("displayed", partial(_fill, "displayed"), doc="Fill what is displayed.")
    register(
        "best_price",
        partial(_fill, "best_price"),
        doc="Fill everything at the best price, whatever is displayed there.",
    )
    register(
        "probabilistic",
        partial(_fill, "probabilistic"),
        settings=partial(_settings, "fill", "probabilistic"),
        doc="Draw whether a touched order is filled, and whether a taker slips by a tick.",
    )


@hookimpl
def register_latency_models(register: Register[LatencyModel]) -> None:
    """Offer the latency models."""
    register(
        "fixed",
        partial(_latency, "fixed"),
        settings=partial(_settings, "latency", "fixed"),
        doc="Take the same time for every message of a kind.",
    )


@hookimpl
def register_margin_models(register: Register[MarginModel]) -> None:
    """Offer the margin models."""
    register(
        "leveraged",
        partial(_margin, "leveraged"),
        doc="Bind notional value / leverage x the instrument's margin rate.",
    )
    register(
        "standard",
        partial(_margin, "standard"),
        doc="Bind notional value x the instrument's margin rate, whatever the leverage.",
    )


def _venue(settings: SimSettings, context: SimulationContext) -> SimVenue:
    from argosy_sim.venue import SimVenue

    return SimVenue(settings, context)


def _venue_settings() -> type:
    from argosy_sim.settings import SimSettings

    return SimSettings


def _fees(name: str, settings: Any) -> FeeModel:
    from argosy_sim.factories import FEES

    return FEES[name](settings)


def _fill(name: str, settings: Any) -> FillModel:
    from argosy_sim.factories import FILLS

    return FILLS[name](settings)


def _latency(name: str, settings: Any) -> LatencyModel:
    from argosy_sim.factories import LATENCIES

    return LATENCIES[name](settings)


def _margin(name: str, settings: Any) -> MarginModel:
    from argosy_sim.factories import MARGINS

    return MARGINS[name](settings)


def _settings(table: str, name: str) -> type:
    from argosy_sim.part_settings import SETTINGS

    return SETTINGS[table, name]
