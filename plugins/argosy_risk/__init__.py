"""The risk rules."""
