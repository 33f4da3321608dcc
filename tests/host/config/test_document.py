from decimal import Decimal
from pathlib import Path

import pytest

from argosy.config.document import Document, read_document, show, spell
from argosy.errors import ConfigError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def message(name: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read_document(Path(name))
    return str(caught.value)


def test_numbers_are_read_exactly() -> None:
    Path("s.toml").write_text("fee = 0.1\nsize = 1_000\n")
    Path("s.json").write_text('{"fee": 0.1, "size": 1000}')
    expected = {"fee": Decimal("0.1"), "size": 1000}
    assert expected == read_document(Path("s.toml")).data == read_document(Path("s.json")).data


def test_a_place_names_file_line_and_key() -> None:
    Path("s.toml").write_text('\n[a]\n"b c" = [1,\n2]\n')
    document = read_document(Path("s.toml"))
    assert 's.toml:4: a."b c"[1]' == document.place(("a", "b c", 1))
    assert "s.toml:2: a.missing" == document.place(("a", "missing"))
    assert "s.toml" == document.place(())


def test_a_document_made_in_python_has_no_lines() -> None:
    assert "system: a.b" == Document("system", {"a": {"b": 1}}).place(("a", "b"))


def test_a_missing_file_suggests_a_neighbour() -> None:
    Path("demo.toml").touch()
    assert "dem.toml: no such file. Did you mean 'demo.toml'?" == message("dem.toml")


def test_a_missing_file_in_a_missing_folder_is_named() -> None:
    assert "nowhere/demo.toml: no such file" == message("nowhere/demo.toml")


def test_a_folder_is_no_system_file() -> None:
    Path("config").mkdir()
    Path("config/demo.toml").touch()
    assert "config: this is a folder. Available: demo.toml" == message("config")


def test_an_unknown_suffix_is_refused() -> None:
    Path("s.yaml").touch()
    assert "s.yaml: unknown file type '.yaml'. Name the file .toml or .json" == message("s.yaml")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("s.toml", "a = 1\nb = \n", "s.toml:2: not valid TOML: Invalid value"),
        ("s.toml", "a = 1\na = 2\n", "s.toml:2: not valid TOML: Cannot overwrite a value"),
        ("s.toml", 'a = "', "s.toml:1: not valid TOML: Unterminated string"),
        ("s.toml", "[a\n", "s.toml:1: not valid TOML: Expected ']' at the end of a table"),
        ("s.json", '{\n "a": }', "s.json:2: not valid JSON: Expecting value"),
        ("s.json", "[1]", "s.json: the document must be one table. Begin with {"),
        ("s.json", '{"a": 1, "a": 2}', "s.json: the key 'a' is given twice in one table"),
    ],
)
def test_a_broken_text_is_named_with_its_line(name: str, text: str, expected: str) -> None:
    Path(name).write_text(text)
    assert message(name).startswith(expected)


def test_bytes_that_are_no_text_are_refused() -> None:
    Path("s.toml").write_bytes(b'a = "\xff"')
    assert "s.toml: byte 5 is not UTF-8. Save the file as UTF-8" == message("s.toml")


@pytest.mark.parametrize(("name", "text"), [("s.toml", "a = "), ("s.json", "")])
def test_a_text_nested_beyond_reason_is_refused(name: str, text: str) -> None:
    Path(name).write_text(text + "[" * 100_000)
    assert f"{name}: tables are nested too deeply" == message(name)


def test_paths_are_spelled_as_in_toml() -> None:
    assert 'venues.SIM.x[2]."a.b"' == spell(("venues", "SIM", "x", 2, "a.b"))
    assert "" == spell(())


def test_shown_values_are_short() -> None:
    assert "true" == show(value=True)
    assert "a table" == show({"a": 1})
    assert "a list" == show([1])
    assert "5" == show(Decimal(5))
    assert 60 == len(show("x" * 500))
