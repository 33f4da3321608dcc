"""Bar aggregations."""
