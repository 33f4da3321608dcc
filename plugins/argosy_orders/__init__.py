"""The conditional order types."""
