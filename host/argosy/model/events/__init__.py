"""The immutable messages that orders, positions and accounts are made of."""
