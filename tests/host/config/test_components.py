from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from argosy.config.components import component_kind, config_class
from argosy.errors import PluginError

if TYPE_CHECKING:
    from nowhere import Missing


class Config(msgspec.Struct):
    pass


class Plain:
    component_kind = "actor"


class Typed(Plain):
    def __init__(self, config: Config) -> None:
        pass


class Optional(Plain):
    def __init__(self, config: Config | None = None) -> None:
        pass


class Untyped(Plain):
    def __init__(self, config: Any = None) -> None:
        pass


class Based(Untyped):
    config_class = Config


class Bare(Based):
    def __init__(self) -> None:
        pass


class Broken(Plain):
    def __init__(self, config: Missing) -> None:
        pass


class Odd:
    component_kind = "teapot"


def test_a_class_says_what_kind_of_component_it_is() -> None:
    assert ["actor", None, None, None] == [
        component_kind(each) for each in (Plain, Plain(), Odd, int)
    ]


def test_the_config_is_what_the_first_argument_is_annotated_with() -> None:
    assert [Config, Config, None, None] == [
        config_class(each) for each in (Typed, Optional, Untyped, Plain)
    ]


def test_without_an_annotation_it_is_the_one_of_the_base() -> None:
    assert [Config, None] == [config_class(each) for each in (Based, Bare)]


def test_an_annotation_that_cannot_be_read_is_named() -> None:
    with pytest.raises(PluginError, match=r"Broken.__init__ cannot be read: name 'Missing'"):
        config_class(Broken)
