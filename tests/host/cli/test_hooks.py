from argosy.plugins.reference import hook_docs, markdown
from tests.host.cli.conftest import Line


def test_each_hook_is_listed_with_its_sentence(line: Line) -> None:
    lines = line("hooks").stdout.splitlines()
    assert len(hook_docs()) == len(lines)
    assert lines[0].startswith("register_commands(register)")
    assert lines[0].endswith("  Offer commands of the command line.")


def test_the_whole_reference_is_markdown(line: Line) -> None:
    assert markdown() == line("hooks", "--markdown").stdout
