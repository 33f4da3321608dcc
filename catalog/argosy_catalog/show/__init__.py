"""Showing rows to people and programs: as a table, as CSV, JSON, Arrow or Parquet."""
