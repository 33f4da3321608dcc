"""Commands are values: they never change, they travel, and their bytes stay what they are."""

from __future__ import annotations

import hashlib
from typing import get_args

import pytest

from argosy.model.commands import AnyCommand, Command
from argosy.parts.client import ALL_COMMANDS
from argosy.serialization import arrow, from_json, from_msgpack, to_json, to_msgpack
from tests.host.model.messages import COMMANDS

each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda each: type(each).__name__)


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_there_is_an_example_of_each() -> None:
    assert list(get_args(AnyCommand)) == [type(command) for command in COMMANDS]
    assert list(ALL_COMMANDS) == [type(command) for command in COMMANDS]


def test_the_code_of_each_is_its_place() -> None:
    assert list(range(len(COMMANDS))) == [command.code for command in COMMANDS]


@each_command
def test_a_command_cannot_be_changed(command: Command) -> None:
    with pytest.raises(AttributeError, match="immutable"):
        command.ts_init = 5  # type: ignore[misc]


@each_command
def test_a_command_comes_back(command: Command) -> None:
    assert command == from_json(to_json(command))
    assert command == from_msgpack(to_msgpack(command))
    assert [command] == arrow.from_bytes(arrow.to_bytes([command]))


def test_the_bytes_are_what_they_always_were() -> None:
    text = b"\n".join(to_json(command) for command in COMMANDS)
    packed = b"".join(to_msgpack(command) for command in COMMANDS)
    assert (
        "c9292e39dd8dde2ce29d5f8a45c4326099c126a8fd68ebc327f8487418d6cac1"
        == hashlib.sha256(text).hexdigest()
    )
    assert (
        "bbb13ed122b4b9e2d966a7768a0a33331dd31310764b548b8a08fd4950a41e9f"
        == hashlib.sha256(packed).hexdigest()
    )
