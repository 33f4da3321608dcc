"""Each source module has its test module at the same place under ``tests``."""

from pathlib import Path

from tests.house.sources import dotted, modules, packages, relative
from tests.pure import PROJECT

TESTED_ELSEWHERE: dict[str, str] = {}
"""Module -> the reason why it has no test module of its own."""


def mirror(module: Path) -> Path:
    """Name the test module of a source module."""
    root, package, *inside = module.relative_to(PROJECT).with_suffix("").parts
    place = [root, package, *inside[:-1]] if root == "plugins" else [root, *inside[:-1]]
    return PROJECT.joinpath("tests", *place, f"test_{inside[-1].lstrip('_')}.py")


def has_tests(module: Path) -> bool:
    """Tell whether ``test_<module>.py``, or its split ``test_<module>_<topic>.py``, exists."""
    expected = mirror(module)
    return expected.exists() or any(expected.parent.glob(f"{expected.stem}_*.py"))


def test_each_module_has_a_test_module() -> None:
    missing = {dotted(m): relative(mirror(m)) for m in modules() if not has_tests(m)}
    assert {} == {name: path for name, path in missing.items() if name not in TESTED_ELSEWHERE}


def test_each_exemption_is_still_needed() -> None:
    untested = {dotted(module) for module in modules() if not has_tests(module)}
    assert set() == TESTED_ELSEWHERE.keys() - untested


def test_each_test_folder_mirrors_a_source_folder() -> None:
    sources = {mirror(folder / "x.py").parent for p in packages() for folder in [p, *p.rglob("*")]}
    folders = {
        path.parent
        for place in ("host", "catalog", "plugins")
        for path in (PROJECT / "tests" / place).rglob("test_*.py")
    }
    assert set() == folders - sources
