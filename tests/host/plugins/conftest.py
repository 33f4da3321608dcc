"""The fixture that makes plugins."""

from tests.host.plugins.kit import make

__all__ = ["make"]
