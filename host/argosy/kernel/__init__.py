"""The compiled data plane: clock, bus, columns, replay, market state, books, matching."""
