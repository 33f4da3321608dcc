"""The wheel is whole: what it holds, what it asks for, and that it runs with no more than that."""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from email.message import Message
from email.parser import Parser
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path, PurePosixPath

import pytest

from tests.contract.scratch import Scratch, build_wheel
from tests.house.sources import ROOTS

pytestmark = pytest.mark.slow

EVERY_MODULE = """
import importlib, pkgutil
import argosy, argosy_bars, argosy_catalog, argosy_loaders, argosy_orders, argosy_risk
import argosy_sim, argosy_stats

for package in (argosy, argosy_bars, argosy_catalog, argosy_loaders, argosy_orders, argosy_risk,
                argosy_sim, argosy_stats):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.startswith("argosy.testing."):
            importlib.import_module(module.name)
for name in argosy.__all__:
    getattr(argosy, name)
print(argosy.__file__)
"""


def names(wheel: Path) -> set[str]:
    """Return the files of a wheel, without its metadata."""
    with zipfile.ZipFile(wheel) as archive:
        return {each for each in archive.namelist() if ".dist-info/" not in each}


def metadata(wheel: Path, file: str) -> str:
    """Return one file of a wheel's metadata."""
    with zipfile.ZipFile(wheel) as archive:
        (found,) = [each for each in archive.namelist() if each.endswith(f".dist-info/{file}")]
        return archive.read(found).decode()


@pytest.fixture(scope="module")
def clone(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean clone, with what was compiled from equal sources: stamps tell what is stale."""
    folder = tmp_path_factory.mktemp("clone") / "argosy"
    subprocess.run(["git", "clone", "-q", str(project), str(folder)], check=True)
    shutil.copytree(project / "build", folder / "build")
    for root in ROOTS:
        for built in (project / root).rglob("*.so"):
            target = folder / built.relative_to(project)
            if target.parent.is_dir():
                shutil.copy(built, target)
    return folder


def test_a_clean_clone_gives_a_wheel_with_every_source_and_every_compiled_module(
    clone: Path, tmp_path: Path
) -> None:
    found = names(build_wheel(clone, tmp_path))
    listed = subprocess.run(
        ["git", "ls-files", "-z", *ROOTS], cwd=clone, capture_output=True, text=True, check=True
    )
    tracked = [PurePosixPath(each) for each in listed.stdout.split("\0") if each.count("/") > 1]
    inside = {PurePosixPath(*each.parts[1:]) for each in tracked}
    compiled = {
        each.with_name(each.stem + EXTENSION_SUFFIXES[0])
        for each in inside
        if each.suffix == ".pyx"
        or (each.suffix == ".pxd" and each.with_suffix(".py") in inside and each.stem != "__init__")
    }
    assert len(compiled) > 20
    assert sorted(map(str, inside | compiled)) == sorted(found)


def test_the_build_leaves_a_clone_clean(clone: Path, tmp_path: Path) -> None:
    build_wheel(clone, tmp_path)
    status = ["git", "status", "--porcelain"]
    done = subprocess.run(status, cwd=clone, capture_output=True, text=True, check=True)
    assert "" == done.stdout


def test_the_wheel_says_what_it_needs_and_what_is_extra(wheel: Path) -> None:
    message: Message = Parser().parsestr(metadata(wheel, "METADATA"))
    asked = message.get_all("Requires-Dist") or []
    assert ["demo", "loaders", "postgres", "s3"] == message.get_all("Provides-Extra")
    assert [
        "bokeh-sampledata; extra == 'demo'",
        "databento-dbn; extra == 'loaders'",
        "duckdb-extension-postgres-scanner==1.5.5; extra == 'postgres'",
        "duckdb-extension-httpfs==1.5.5; extra == 's3'",
    ] == [each for each in asked if "extra" in each]
    assert ">=3.11" == message["Requires-Python"]
    assert "Apache-2.0" == message["License-Expression"]
    assert str(message.get_payload()).startswith("# Argosy")


def test_the_wheel_is_for_this_interpreter_and_brings_the_command_and_the_plugins(
    wheel: Path,
) -> None:
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}"
    assert f"-{tag}-{tag}-" in wheel.name
    points = metadata(wheel, "entry_points.txt")
    assert "[console_scripts]\nargosy = argosy.cli:main\n" in points
    assert "[argosy]\nbars = argosy_bars\n" in points


def test_every_module_runs_in_a_venv_that_has_only_what_the_wheel_asks_for(
    make_scratch: Callable[[], Scratch], tmp_path: Path
) -> None:
    scratch = make_scratch()
    done = scratch.run("python", "-W", "error", "-c", EVERY_MODULE, cwd=tmp_path)
    assert "" == done.err
    assert Path(done.out.strip()).is_relative_to(scratch.folder)
    version = scratch.argosy("--version", cwd=tmp_path).out
    assert metadata_version(scratch, tmp_path) == version.split()[1]
    assert "Commands of plugins" in scratch.argosy("--help", cwd=tmp_path).out


def metadata_version(scratch: Scratch, folder: Path) -> str:
    """Return the version that the installed metadata say."""
    code = "import importlib.metadata as m; print(m.version('argosy'))"
    return scratch.run("python", "-c", code, cwd=folder).out.strip()
