"""A plugin that is broken, stale or in the way of another blocks only who names its parts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from argosy.plug import ABI
from tests.contract.scratch import Scratch, build_wheel
from tests.contract.sources import CURRENCY_PAIR, DISTRIBUTIONS, reef_sources, system

pytestmark = pytest.mark.slow

WITHOUT_PARTS = system(CURRENCY_PAIR, fees="")
ANCHOR = system(CURRENCY_PAIR, fees='fees = { use = "anchor" }')
TICKET = system(CURRENCY_PAIR, fees='fees = { use = "ticket" }')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a system that needs no stranger, one that needs `anchor`, and `ticket`."""
    for name, text in {"none": WITHOUT_PARTS, "anchor": ANCHOR, "ticket": TICKET}.items():
        (tmp_path / f"{name}.toml").write_text(text)
    return tmp_path


def errors(scratch: Scratch, folder: Path) -> dict[str, str | None]:
    """Return the error of each plugin that ``argosy plugins`` lists."""
    rows = scratch.argosy("plugins", "--json", cwd=folder).json["plugins"]
    return {row["name"]: row["error"] for row in rows}


def refusal(scratch: Scratch, system: str, folder: Path) -> str:
    """Check a system that cannot run, and return what is said about it."""
    done = scratch.run("argosy", "check", system, cwd=folder)
    assert 2 == done.code, done.err
    assert "Traceback" not in done.err
    return " ".join(done.err.split())


def test_a_plugin_that_cannot_be_imported_is_listed_and_blocks_who_names_it(
    make_scratch: Callable[[], Scratch], folder: Path
) -> None:
    scratch = make_scratch()
    scratch.install(DISTRIBUTIONS / "argosy-wreck")
    found = errors(scratch, folder)
    cause = "ModuleNotFoundError: No module named 'harbour_that_nobody_built'"
    assert f"argosy_wreck:3: {cause}" == found.pop("wreck")
    assert {None} == set(found.values())
    assert "unknown fee model 'anchor'" in refusal(scratch, "anchor.toml", folder)
    assert f"wreck (argosy_wreck:3: {cause})" in refusal(scratch, "anchor.toml", folder)
    assert "unknown" not in scratch.run("argosy", "check", "none.toml", cwd=folder).err


def test_a_name_that_two_plugins_give_is_refused_and_both_are_named(
    make_scratch: Callable[[], Scratch], folder: Path
) -> None:
    scratch = make_scratch()
    scratch.install(DISTRIBUTIONS / "argosy-reef")
    scratch.install(DISTRIBUTIONS / "argosy-twin")
    both = "fee model 'ticket' is registered by plugins 'reef' and 'twin'"
    cure = 'Keep one: [plugins] disable = ["twin"]'
    (conflict,) = scratch.argosy("plugins", "--json", cwd=folder).json["conflicts"]
    assert f"{both}. {cure}" == conflict
    assert f"{both}. {cure}" in refusal(scratch, "ticket.toml", folder)
    assert both not in scratch.run("argosy", "check", "none.toml", cwd=folder).err


def test_a_plugin_that_was_compiled_for_another_abi_is_refused_by_name_with_the_cure(
    make_scratch: Callable[[], Scratch], folder: Path, tmp_path: Path
) -> None:
    scratch = make_scratch()
    sources = reef_sources(tmp_path / "sources", is_compiled=True)
    mark = scratch.site / "argosy/plug/abi.pxd"
    ours = mark.read_text()
    try:
        mark.write_text(re.sub(r"ARGOSY_ABI=\d+;", f"ARGOSY_ABI={ABI + 1};", ours))
        wheel = build_wheel(sources, tmp_path / "wheel", scratch.python)
    finally:
        mark.write_text(ours)
    scratch.install(wheel)
    error = errors(scratch, folder)["reef"]
    assert error is not None
    assert error.startswith(
        f"plugin 'reef' was compiled for ABI {ABI + 1}; this host has ABI {ABI}."
    )
    assert "Rebuild 'reef' against the installed argosy" in error
    assert error in refusal(scratch, "ticket.toml", folder)
    assert "ABI" not in scratch.run("argosy", "check", "none.toml", cwd=folder).err
    scratch.install(reef_sources(tmp_path / "rebuilt", is_compiled=True))
    assert errors(scratch, folder)["reef"] is None
