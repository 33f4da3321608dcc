from pathlib import Path

from argosy.config.usual_catalog import usual_catalog
from tests.host.config import kit


def test_the_catalog_that_system_files_use_unless_they_say_so_is_opened(tmp_path: Path) -> None:
    settings, *_ = usual_catalog(kit.host(), tmp_path)
    assert tmp_path == settings.path
