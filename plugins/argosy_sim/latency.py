"""Latency: how long commands and reports travel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.parts.latency_model import LatencyModel

if TYPE_CHECKING:
    from argosy_sim.part_settings import FixedLatencySettings


class FixedLatency(LatencyModel):
    """The same time for every message of a kind."""

    def __init__(self, settings: FixedLatencySettings) -> None:
        self.insert_ns = settings.base + settings.insert
        self.modify_ns = settings.base + settings.modify
        self.cancel_ns = settings.base + settings.cancel
        self.report_ns = settings.report
