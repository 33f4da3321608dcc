from pathlib import Path

from argosy_orders.reasons import REASONS


def test_every_code_is_tested(project: Path) -> None:
    folder = project / "tests/plugins/argosy_orders"
    tested = "".join(path.read_text() for path in folder.glob("test_*.py"))
    assert [] == [each.name for each in REASONS if each.name not in tested]
