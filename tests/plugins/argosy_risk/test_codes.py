"""Every code of a reason is in the README, and tested."""

import re
from pathlib import Path

CODE = re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b")


def read_me(project: Path) -> set[str]:
    text = (project / "plugins/argosy_risk/README.md").read_text()
    (rows,) = re.findall(r"(?:^\|.*\n)+", text, re.M)
    found = set(CODE.findall(rows))
    prices = {code for code in found if code.startswith("PRICE_")} - {"PRICE_UNAVAILABLE"}
    return found | {f"TRIGGER_{code}" for code in prices}


def test_every_code_of_the_readme_is_tested(project: Path) -> None:
    folder = project / "tests/plugins/argosy_risk"
    tested = "".join(path.read_text() for path in folder.glob("test_*.py"))
    assert [] == sorted(code for code in read_me(project) if f"{code}: " not in tested)


def test_every_code_of_the_source_is_in_the_readme(project: Path) -> None:
    sources = (project / "plugins/argosy_risk").glob("*.py")
    codes = {
        code
        for path in sources
        for code in re.findall(r"\"([A-Z]+(?:_[A-Z]+)+)(?:: |\")", path.read_text())
    }
    assert set() == codes - read_me(project)
