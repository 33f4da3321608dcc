"""Cache, data, risk, execution and portfolio."""
