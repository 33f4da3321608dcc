"""A stranger's plugin: a kind of data, and an actor that hears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    from argosy import Actor
    from argosy.hookspecs import Register
    from argosy.model.data_kind import DataKind
    from argosy_tides.gauge import GaugeConfig


@hookimpl
def register_data_kinds(register: Register[DataKind, []]) -> None:
    """Offer tides."""
    register("tide", _tide, doc="How high the water stands at the port of an instrument.")


@hookimpl
def register_strategies(register: Register[Actor, [GaugeConfig]]) -> None:
    """Offer an actor that writes down what it hears."""
    register("gauge", _gauge, settings=_gauge_settings, doc="Note tides and quotes.")


def _tide() -> DataKind:
    from argosy_tides.tide import TIDE

    return TIDE


def _gauge(config: GaugeConfig) -> Actor:
    from argosy_tides.gauge import Gauge

    return Gauge(config)


def _gauge_settings() -> type:
    from argosy_tides.gauge import GaugeConfig

    return GaugeConfig
