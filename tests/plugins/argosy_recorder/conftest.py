"""One thread for each DuckDB, as in the tests of the catalog."""

from tests.catalog.conftest import one_thread

__all__ = ["one_thread"]
