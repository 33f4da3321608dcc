"""The plugin host: find, load, order and check plugins. No global manager, no work at import."""
