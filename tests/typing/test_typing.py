"""What users write has the types that it seems to have, for mypy and for pyright.

Each line of `cases` that reveals a type says in a comment which one.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CASES = Path(__file__).parent / "cases"
EXPECTED = re.compile(r"^\s*reveal_type\(.*\)  # (.+)$")
MYPY = re.compile(r'^(.+?):(\d+): note: Revealed type is "(.+)"$')
PYRIGHT = re.compile(r'^Type of ".*" is "(.+)"$', re.S)

Revealed = dict[tuple[str, int], str]


def expected() -> Revealed:
    """Return the types that the comments name, by file and line."""
    return {
        (path.name, number): match[1]
        for path in CASES.glob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (match := EXPECTED.match(line))
    }


def plain(name: str) -> str:
    """Return a type as one would write it: without modules."""
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", name)


def run(*line: str, project: Path) -> str:
    """Run a checker over the cases and return what it printed."""
    command = [sys.executable, "-m", *line, str(CASES)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return done.stdout


def test_there_are_cases() -> None:
    assert len(expected()) > 40


def test_mypy_sees_the_expected_types(project: Path) -> None:
    lines = run("mypy", "--no-pretty", project=project).splitlines()
    assert [] == [line for line in lines if ": error:" in line]
    found = [match for line in lines if (match := MYPY.match(line))]
    assert expected() == {
        (Path(file).name, int(row)): plain(name) for file, row, name in map(re.Match.groups, found)
    }


def test_pyright_sees_the_expected_types(project: Path) -> None:
    told = json.loads(run("pyright", "--outputjson", project=project))["generalDiagnostics"]
    assert [] == [each["message"] for each in told if each["severity"] == "error"]
    assert expected() == {
        (Path(each["file"]).name, each["range"]["start"]["line"] + 1): plain(match[1])
        for each in told
        if (match := PYRIGHT.match(each["message"]))
    }
