from pathlib import Path

from argosy_sim.reasons import REASONS


def test_every_code_is_tested(project: Path) -> None:
    folder = project / "tests/plugins/argosy_sim"
    tested = "".join(path.read_text() for path in folder.rglob("test_*.py"))
    assert [] == [each.name for each in REASONS if each.name not in tested]
