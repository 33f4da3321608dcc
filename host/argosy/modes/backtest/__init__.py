"""Backtests: stored data, simulated venues, and no clock but that of the data."""
