"""The lake: Parquet files in a place, and the metadata that says which rows they hold."""
