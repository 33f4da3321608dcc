"""The exchange: commands and market data go in, reports come out; it knows nothing of a host."""

from argosy_sim.exchange.exchange import Exchange
from argosy_sim.exchange.models import ExchangeModels

__all__ = ["Exchange", "ExchangeModels"]
