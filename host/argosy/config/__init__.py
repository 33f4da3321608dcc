"""The system file: read, checked, turned into frozen settings."""
