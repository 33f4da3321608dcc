"""Indicators, updated before a strategy's handler is called."""
