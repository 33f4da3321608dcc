"""``argosy check``: resolve a system file and print the plan, without running it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argosy.cli.options import echo_json, json_option, mode_option, own_stdout, system_argument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argosy.config.choice import Choice
    from argosy.config.plan import Mode, Plan
    from argosy.config.system import DataSettings
    from argosy.modes.lookahead import Finding

SECTIONS = {"actors": "actor", "exec_algorithms": "algorithm", "strategies": "strategy"}
"""Section -> what a line of the plan calls one of its components."""


def _moments(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[int, ...]:
    """Read times as a system file writes them."""
    from argosy.config.values import parse_time

    try:
        return tuple(parse_time(each) for each in value)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from None


@click.command()
@system_argument
@mode_option
@json_option
@click.option(
    "--lookahead",
    is_flag=True,
    help="Search for queries and decisions that know later data: ask each query without them, and "
    "run twice with other ones (prices, sides, statuses, rows left out).",
)
@click.option(
    "--after",
    metavar="TIME",
    multiple=True,
    callback=_moments,
    help="With --lookahead: run with other data after this time, not after the middle of the run.",
)
@click.option(
    "--cuts",
    type=click.IntRange(1),
    help="With --lookahead: how often each query is asked with later data withheld.",
)
def check(
    system: Path,
    mode: "Mode",
    *,
    as_json: bool,
    lookahead: bool,
    after: tuple[int, ...],
    cuts: int | None,
) -> None:
    """Check a system file: its parts, settings, data and warm-up. Runs nothing but --lookahead."""
    from argosy.cli.node import node_of
    from argosy.plugins.wiring import load_plan

    if (after or cuts) and not lookahead:
        raise click.UsageError("--after and --cuts belong to --lookahead")
    with own_stdout(as_json=as_json):
        plan = load_plan(system, mode=mode)
        warnings = list(node_of(plan).check())
    findings: list[Finding] = []
    if not as_json:
        for title, text in describe(plan):
            click.echo(f"{title:<12}{text}")
        for each in warnings:
            click.echo(f"warning: {each}", err=True)
    if lookahead:
        from argosy.modes.lookahead import CUTS, search

        load = partial(load_plan, system, mode=mode)
        with own_stdout(as_json=as_json):
            for finding in search(load, after=after, cuts=cuts or CUTS):
                findings.append(finding)
                if not as_json:
                    _tell(finding)
    is_clean = all(finding.fault is None for finding in findings)
    if as_json:
        found = {"ok": is_clean, "warnings": warnings, "plan": plan.to_dict()}
        echo_json(found | ({"lookahead": list(map(_plain, findings))} if lookahead else {}))
    elif is_clean:
        click.echo("ok")
    if not is_clean:
        click.get_current_context().exit(1)


def _tell(finding: "Finding") -> None:
    if finding.fault is None:
        click.echo(f"{'lookahead':<12}{finding.subject}: {finding.checked}")
    else:
        click.echo(f"lookahead: {finding.subject}: {finding.fault}", err=True)


def _plain(finding: "Finding") -> dict[str, str | None]:
    return {name: getattr(finding, name) for name in ("subject", "checked", "fault")}


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
        yield "data", _data(data)
    for component in plan.components:
        name = f" as {component.id}" if component.id else ""
        used = dict.fromkeys(str(each) for each, _ in instruments_in(component.choice.settings))
        on = f" on {', '.join(used)}" if used else ""
        yield SECTIONS[component.section], f"{_part(component.choice)}{name}{on}"
    for sink in plan.sinks:
        yield "sink", _part(sink)
    yield "risk", f"{plan.risk.trading_state}: {', '.join(plan.risk.rules) or 'no rules'}"


def _data(data: "DataSettings") -> str:
    names = ", ".join(map(str, data.instruments or data.bar_types))
    if data.sql is None:
        return f"{data.type} {names}"
    return f"query {data.name}, {' '.join(filter(None, (data.type or 'feature', names)))}"


def _part(choice: "Choice") -> str:
    return f"{choice.part.name} ({choice.part.plugin})"
