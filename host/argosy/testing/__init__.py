"""Fixtures and conformance kits for plugin authors."""
