"""``argosy check``: resolve a system file and print the plan, without running it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from argosy.cli.options import echo_json, json_option, mode_option, system_argument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argosy.config.parts import Choice
    from argosy.config.plan import Mode, Plan

SECTIONS = {"actors": "actor", "exec_algorithms": "algorithm", "strategies": "strategy"}
"""Section -> what a line of the plan calls one of its components."""


@click.command()
@system_argument
@mode_option
@json_option
def check(system: Path, mode: "Mode", *, as_json: bool) -> None:
    """Check a system file: its parts, settings, data and warm-up. Runs nothing."""
    from argosy.cli.node import node_of
    from argosy.plugins.wiring import load_plan

    plan = load_plan(system, mode=mode)
    warnings = list(node_of(plan).check())
    if as_json:
        echo_json({"ok": True, "warnings": warnings, "plan": plan.to_dict()})
        return
    for title, text in describe(plan):
        click.echo(f"{title:<12}{text}")
    for each in warnings:
        click.echo(f"warning: {each}", err=True)
    click.echo("ok")


def describe(plan: "Plan") -> "Iterator[tuple[str, str]]":
    """Yield the lines of a plan: what it is, and which parts of which plugins it uses."""
    from argosy.config.plain import instruments_in

    system = plan.system
    yield "system", f"{system.name}, {plan.mode}, seed {system.seed}, trader {system.trader_id}"
    yield "catalog", _part(plan.catalog)
    for venue in plan.venues:
        tables = {"simulate": venue.simulate, "adapter": venue.adapter}
        shown = [f"{key}: {_part(each)}" for key, each in tables.items() if each is not None]
        yield "venue", f"{venue.venue}, {', '.join(shown)}"
    for instrument in plan.instruments:
        yield "instrument", f"{instrument.id}, {type(instrument).__name__}"
    for data in plan.data:
        yield "data", f"{data.type} {', '.join(map(str, data.instruments or data.bar_types))}"
    for component in plan.components:
        name = f" as {component.id}" if component.id else ""
        used = dict.fromkeys(str(each) for each, _ in instruments_in(component.choice.settings))
        on = f" on {', '.join(used)}" if used else ""
        yield SECTIONS[component.section], f"{_part(component.choice)}{name}{on}"
    for sink in plan.sinks:
        yield "sink", _part(sink)
    yield "risk", f"{plan.risk.trading_state}: {', '.join(plan.risk.rules) or 'no rules'}"


def _part(choice: "Choice") -> str:
    return f"{choice.part.name} ({choice.part.plugin})"
