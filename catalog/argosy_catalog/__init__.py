"""The durable catalog: DuckDB over Parquet."""
