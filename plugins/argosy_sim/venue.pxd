"""Nothing is typed here; the file lets the venue be compiled."""
