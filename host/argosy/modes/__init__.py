"""The files that know whether a run is a backtest, a sandbox or live."""
