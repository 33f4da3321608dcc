"""Catalogs to load files into."""

from tests.catalog.conftest import catalog, empty_catalog, folder, one_thread

__all__ = ["catalog", "empty_catalog", "folder", "one_thread"]
