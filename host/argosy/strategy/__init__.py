"""What a strategy author meets: actors, strategies, the order factory, indicators."""
