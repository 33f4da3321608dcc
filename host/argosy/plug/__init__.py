"""The whole C surface for compiled plugins."""
