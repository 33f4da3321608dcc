"""What the README prints is what its commands print, but for names and times of runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

BLOCK = re.compile(r"^```console\n\$ (.*?)\n(.*?)^```$", re.M | re.S)
CHANGES = re.compile(r"\d{8}-\d{6}-\d{6}|in [\d.]+ s \([\d,]+ a second\)| {2,}")


@pytest.fixture(scope="module")
def shown(project: Path) -> dict[str, str]:
    """Command -> what the README says that it prints."""
    return dict(BLOCK.findall((project / "README.md").read_text()))


@pytest.fixture(scope="module")
def folder(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's systems and strategies, and a system that is wrong."""
    made = tmp_path_factory.mktemp("readme")
    for name in ("config", "strategies"):
        shutil.copytree(project / name, made / name)
    text = (project / "config/series.toml").read_text()
    wrong = text.replace("\nfast = 10", "\nfsat = 10").replace("maker_taker", "maker_takers")
    (made / "config/wrong.toml").write_text(wrong)
    return made


@pytest.fixture(scope="module")
def demo(folder: Path) -> str:
    """What `make demo` prints in the folder."""
    loaded = run("python -m argosy.testing.demo", folder)
    return loaded + run("argosy run config/demo.toml", folder)


def run(line: str, folder: Path) -> str:
    """Run a command line with this environment's programs and return what it printed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", f"{line} 2>&1"],
        cwd=folder,
        env={**os.environ, "PATH": path, "COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def plain(text: str) -> list[str]:
    """Return the lines of an output without blank ones and without what changes."""
    lines = (CHANGES.sub(" ", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def test_the_demo_prints_what_the_readme_says(shown: dict[str, str], demo: str) -> None:
    assert plain(shown["make demo"]) == plain(demo)


def test_the_query_prints_what_the_readme_says(
    shown: dict[str, str], folder: Path, demo: str
) -> None:
    (line,) = [each for each in shown if each.startswith("argosy sql")]
    assert plain(shown[line]) == plain(run(line, folder))


def test_a_wrong_system_is_told_as_the_readme_says(shown: dict[str, str], folder: Path) -> None:
    (line,) = [each for each in shown if each.startswith("argosy check")]
    assert plain(shown[line]) == plain(run(line, folder))
