from pathlib import Path

import pytest

from argosy.config.choice import Choice
from argosy.config.document import Document
from argosy.config.problems import Problems, SystemFileError
from argosy.config.reader import Reader, describe
from argosy.errors import InputError
from argosy.parts.registration import Part
from tests.host.config import kit

DATA = {"a": [{"b": 1}], "c": 5}


def reader(**data: object) -> Reader:
    document = Document("s", data or DATA)
    return Reader(document, Problems(document), Path("/p"), kit.host())


def said(by: Reader) -> str:
    with pytest.raises(SystemFileError) as caught:
        by.problems.raise_if_any()
    return str(caught.value)


def test_sections_are_found_by_path() -> None:
    read = reader()
    assert [1, None, None, None] == [
        read.section("a", 0, "b"),
        read.section("a", 1),
        read.section("c", "d"),
        read.section("x"),
    ]


@pytest.mark.parametrize("raw", ["maker", {"use": "maker"}, {"use": "maker", "rate": 0}])
def test_a_part_is_chosen_by_name_or_table(raw: object) -> None:
    choice = reader().part("fee_models", raw, ("fees",))
    assert choice is not None
    assert ("maker", 0) == (choice.part.name, choice.settings.rate)


def test_settings_that_cannot_be_loaded_are_named_with_their_plugin() -> None:
    def settings() -> type:
        raise ImportError("no module")

    read = reader()
    part = Part("sinks", "x", print, settings, plugin="acme")
    assert None is read.chosen(part, {}, ("sink",))
    expected = (
        "s: sink: the settings of sink 'x' cannot be loaded: ImportError: no module. "
        "Repair or update plugin 'acme'"
    )
    assert expected == said(read)


@pytest.mark.parametrize("model", [5, "text", {"a": 1}])
def test_settings_that_are_no_class_are_named(model: object) -> None:
    read = reader()
    read.chosen(Part("sinks", "x", print, lambda: model, plugin="acme"), {}, ("sink",))  # type: ignore[arg-type, return-value]
    assert "the settings of sink 'x' cannot be loaded: TypeError" in said(read)


def test_settings_of_an_unknown_class_are_named() -> None:
    read = reader()
    read.chosen(Part("sinks", "x", print, lambda: int, plugin="acme"), {}, ("sink",))
    assert "the settings of sink 'x' cannot be loaded: " in said(read)


def test_a_part_without_settings_is_chosen_with_none() -> None:
    part = Part("sinks", "x", print)
    assert Choice(part) == reader().chosen(part, {}, ("sink",))


def test_parts_are_looked_up_only_once_plugins_are_loaded() -> None:
    document = Document("s", DATA)
    with pytest.raises(InputError, match="after the plugins are loaded"):
        _ = Reader(document, Problems(document), Path()).parts


def test_an_exception_is_described_on_one_line() -> None:
    assert "ValueError: a b" == describe(ValueError("a\nb"))
    assert "KeyboardInterrupt" == describe(KeyboardInterrupt())
