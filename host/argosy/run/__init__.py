"""What every run is made of, whatever its mode."""
