"""Every hook of the host, in the order of a system's life.

A plugin is a module that an entry point of the group ``argosy`` names. It marks functions of these
names with ``hookimpl``; each may take fewer arguments than the hook has. The prefix tells the rule:

- ``register_*(register)``: all answer. Call ``register(name, factory, settings=..., doc=...,
  capabilities=..., reasons=...)`` once a part; a name that two plugins give is refused. What the
  factory returns has its contract in `argosy.parts`, one file a kind: ``Register[FeeModel]`` is the
  type of a ``register`` that takes factories of fee models. ``settings`` is the pydantic model or
  the msgspec Struct of the part's own table in a system file, or a callable that returns it.
  ``reasons`` are the codes with which the part refuses or ends orders, each an
  ``argosy.Reason(name, meaning, cure)``; ``argosy reasons`` prints them.
- ``on_*``: told, and return nothing.

Keep the module light: import what is heavy inside factories and settings callables. Hooks are
called while a system is wired and when a run begins and ends, never for an event.
"""

from argosy.hookspecs.data import (
    register_calendars,
    register_catalogs,
    register_data_kinds,
    register_loaders,
    register_sinks,
    register_stores,
)
from argosy.hookspecs.life import (
    on_run_finished,
    on_run_started,
    on_system_loaded,
    register_commands,
)
from argosy.hookspecs.marks import GROUP, hookimpl, hookspec
from argosy.hookspecs.trading import (
    register_bar_aggregations,
    register_order_types,
    register_risk_rules,
    register_statistics,
    register_strategies,
)
from argosy.hookspecs.venues import (
    register_fee_models,
    register_fill_models,
    register_latency_models,
    register_margin_models,
    register_simulation_modules,
    register_simulators,
    register_venues,
)
from argosy.parts.registration import Register

__all__ = [
    "GROUP",
    "Register",
    "hookimpl",
    "hookspec",
    "on_run_finished",
    "on_run_started",
    "on_system_loaded",
    "register_bar_aggregations",
    "register_calendars",
    "register_catalogs",
    "register_commands",
    "register_data_kinds",
    "register_fee_models",
    "register_fill_models",
    "register_latency_models",
    "register_loaders",
    "register_margin_models",
    "register_order_types",
    "register_risk_rules",
    "register_simulation_modules",
    "register_simulators",
    "register_sinks",
    "register_statistics",
    "register_stores",
    "register_strategies",
    "register_venues",
]
