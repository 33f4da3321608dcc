from pathlib import Path

from argosy import hookspecs
from argosy.parts.registration import LABELS
from argosy.plugins.reference import FACTS, hook_docs, markdown


def test_every_hook_is_in_the_reference_offers_before_notices() -> None:
    notices = ["on_system_loaded", "on_run_started", "on_run_finished"]
    names = [each.name for each in hook_docs()]
    hooks = [name for name in hookspecs.__all__ if name.startswith(("register_", "on_"))]
    assert hooks == sorted(names)
    assert notices == names[-3:]


def test_every_kind_of_part_has_its_hook_in_the_same_order() -> None:
    names = [each.name for each in hook_docs() if each.name.startswith("register_")]
    assert [f"register_{kind}" for kind in LABELS] == names


def test_every_hook_says_all_there_is_to_know() -> None:
    for each in hook_docs():
        assert FACTS == tuple(each.facts)
        assert all(each.facts.values())
        assert each.summary.endswith(".")


def test_a_section_shows_signature_facts_and_example() -> None:
    (doc,) = [each for each in hook_docs() if each.name == "on_run_started"]
    text = doc.to_markdown()
    assert text.startswith("## `on_run_started(plan, run_id)`\n\nHear that a run begins.\n")
    assert "\n- **Modes**: all.\n" in text
    assert "```python\nfrom argosy.hookspecs import hookimpl\n" in text
    assert text.endswith("```\n")


def test_the_reference_begins_with_the_rules() -> None:
    text = markdown()
    assert text.startswith("# Hooks\n\nEvery hook of the host")
    assert len(hook_docs()) == text.count("\n## `")


def test_the_reference_in_the_tree_is_up_to_date(project: Path) -> None:
    """Write it anew with ``argosy hooks --markdown > plugins/HOOKS.md``."""
    assert markdown() == (project / "plugins/HOOKS.md").read_text()
