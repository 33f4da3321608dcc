"""Code in the documents parses, and their links lead somewhere."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.house.sources import relative, text_files
from tests.pure import PROJECT

DOCUMENTS = [path for path in text_files() if path.suffix == ".md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TOP_FOLDERS = ("catalog", "config", "host", "plugins", "strategies", "tests")


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_code_blocks_parse(path: Path) -> None:
    for language, code in BLOCK.findall(path.read_text()):
        if language == "python":
            ast.parse(code)
        elif language == "toml":
            tomllib.loads(code)


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_links_lead_to_files_that_exist(path: Path) -> None:
    links = LINK.findall(path.read_text())
    assert [] == [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("folder", TOP_FOLDERS)
def test_each_top_folder_says_what_it_is(folder: str) -> None:
    assert (PROJECT / folder / "README.md").read_text().startswith("# ")
