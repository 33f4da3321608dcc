"""The instrument classes."""
