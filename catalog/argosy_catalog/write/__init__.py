"""Writing: from files and objects to sorted Parquet files, visible in one transaction."""
