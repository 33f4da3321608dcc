"""Keeping a catalog in order: deleting, compacting, history, expiry, verifying."""
