"""The simulated venue with its fill, fee, latency and margin models."""
