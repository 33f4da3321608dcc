from pathlib import Path

import pytest

from argosy.cli.stored import open_catalog
from argosy.errors import CatalogError
from tests.host.cli.conftest import Line


def test_the_usual_catalog_is_opened_at_a_folder(line: Line, tmp_path: Path) -> None:
    settings, *_ = open_catalog(tmp_path)
    assert tmp_path == settings.path


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no catalog here"):
        open_catalog(tmp_path / "x")
    assert not (tmp_path / "x").exists()
