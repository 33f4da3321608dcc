"""Runs: what they take in from queries, and what they leave behind."""
