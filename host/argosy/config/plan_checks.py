"""What must be true of a plan as a whole: venues for its instruments, ids that differ, secrets."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from argosy.config.choice import Choice
from argosy.config.models import capitalise
from argosy.config.plain import instruments_in, leaves
from argosy.config.plan import Plan, VenuePlan
from argosy.config.positions import KeyPath
from argosy.config.problems import Problems
from argosy.config.secret import Secret
from argosy.errors import InputError, suggest
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId, Venue

NEEDS = {"backtest": ("simulate",), "sandbox": ("adapter", "simulate"), "live": ("adapter",)}
"""Mode -> the tables that a used venue must have."""


def check_plan(plan: Plan, problems: Problems, *, is_whole: bool = True) -> Plan:
    """Note what does not go together; return the plan with the venues that it uses."""
    uses: dict[Venue, tuple[InstrumentId, KeyPath]] = {}
    for instrument_id, path in _instrument_uses(plan):
        uses.setdefault(instrument_id.venue, (instrument_id, path))
    venues = {each.venue: each for each in plan.venues}
    for venue, (instrument_id, path) in uses.items():
        if venue not in venues:
            message = f"venue {str(venue)!r} of {instrument_id} is not declared"
            problems.add(path, message, f"Add [venues.{venue}]")
    used = tuple(each for each in plan.venues if each.venue in uses)
    for each in used:
        _check_venue(plan, each, problems)
        _check_rates(plan, each.venue, uses, problems)
    _check_ids(plan, problems)
    _check_aggregations(plan, problems)
    if is_whole:
        declared = (each.id for each in plan.instruments if each.id.venue in uses)
        for path, message, cure in unknown_limits(plan, {*plan.instrument_ids, *declared}):
            problems.add(path, message, cure)
    if is_whole and plan.mode == "backtest" and not plan.data:
        problems.add(("data",), "a backtest has nothing to replay", "Add [[data]]")
    return replace(plan, venues=used)


def unknown_limits(
    plan: Plan, known: Collection[InstrumentId]
) -> Iterator[tuple[KeyPath, str, str | None]]:
    """Yield key path, message and cure for each instrument of a risk rule that the run lacks.

    Misspelt, a limit would limit nothing.

    Parameters
    ----------
    known : the instruments of the run
    """
    for name, choice in plan.risk.rules.items():
        for instrument_id, path in instruments_in(choice.settings, ("risk", name)):
            if instrument_id not in known:
                cure = capitalise(suggest(str(instrument_id), map(str, known)))
                yield path, f"instrument {str(instrument_id)!r} is not in the run", cure


def _tables(plan: Plan) -> Iterator[tuple[Any, KeyPath]]:
    """Yield the settings of each component with the path of its table."""
    for each in plan.components:
        yield each.choice.settings, (each.section, each.index)


def _instrument_uses(plan: Plan) -> Iterator[tuple[InstrumentId, KeyPath]]:
    for index, data in enumerate(plan.data):
        yield from instruments_in(data, ("data", index))
    for settings, path in _tables(plan):
        yield from instruments_in(settings, path)


def _check_venue(plan: Plan, venue: VenuePlan, problems: Problems) -> None:
    path: KeyPath = ("venues", str(venue.venue))
    for key in NEEDS[plan.mode]:
        choice: Choice | None = getattr(venue, key)
        if choice is None and getattr(plan.system.venues[venue.venue], key) is None:
            message = f"a {plan.mode} needs {key} = {{ use = ... }} here"
            problems.add((*path, key), message, f"Add it to [venues.{venue.venue}]")
        for secret, place in leaves(choice, (*path, key)):
            if isinstance(secret, Secret) and not secret.is_set:
                message = f"the environment variable {secret.name} is not set"
                problems.add(place, message, f"export {secret.name}=...")


def _check_rates(plan: Plan, venue: Venue, uses: Collection[Venue], problems: Problems) -> None:
    """Note the venues of `rates_from` that quote nothing in this run."""
    for index, other in enumerate(plan.system.venues[venue].rates_from):
        path: KeyPath = ("venues", str(venue), "rates_from", index)
        if other == venue:
            problems.add(path, f"{venue} goes by its own rates first anyway", "Remove it")
        elif other not in plan.system.venues:
            near = suggest(str(other), map(str, plan.system.venues))
            problems.add(path, f"venue {str(other)!r} is not declared", capitalise(near))
        elif other not in uses:
            message = f"no instrument of venue {str(other)!r} is in the run, so it has no rates"
            problems.add(path, message, "Add [[data]] of a pair that it quotes")


def _check_ids(plan: Plan, problems: Problems) -> None:
    seen = set()
    for (_, path), each in zip(_tables(plan), plan.components, strict=True):
        if each.id is not None and each.id in seen:
            problems.add((*path, "id"), f"two components have the id {each.id!r}", "Change one")
        seen.add(each.id)


def _check_aggregations(plan: Plan, problems: Problems) -> None:
    """Ask for every aggregation by which a component wants bars built."""
    for settings, path in _tables(plan):
        for bar_type, place in leaves(settings, path):
            if isinstance(bar_type, BarType) and bar_type.is_internally_aggregated():
                name = str(bar_type.spec.aggregation)
                try:
                    plan.parts.part("bar_aggregations", name)
                except InputError as error:
                    problems.add_error(place, error)
