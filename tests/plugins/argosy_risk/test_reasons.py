"""Every code of a reason is in the README beside the rule that gives it, and tested."""

import re
from pathlib import Path

from argosy_risk import RULES
from argosy_risk.reasons import REASONS

CODE = re.compile(r"`([A-Z]+(?:_[A-Z]+)+)`")
ROW = re.compile(r"^\| \[([\w, ]+)\]\(\w+\.py\) \|(.*)\|$", re.M)


def read_me(project: Path) -> dict[str, set[str]]:
    """Return the codes of each rule in the table of the README."""
    text = (project / "plugins/argosy_risk/README.md").read_text()
    return {
        rule: set(CODE.findall(codes))
        for rules, codes in ROW.findall(text)
        for rule in rules.split(", ")
    }


def test_the_readme_has_the_codes_of_each_rule(project: Path) -> None:
    assert {rule: {each.name for each in REASONS[rule]} for rule in RULES} == read_me(project)


def test_every_code_is_tested(project: Path) -> None:
    folder = project / "tests/plugins/argosy_risk"
    tested = "".join(path.read_text() for path in folder.glob("test_*.py"))
    codes = {each.name for reasons in REASONS.values() for each in reasons}
    assert [] == sorted(code for code in codes if f"{code}: " not in tested)
