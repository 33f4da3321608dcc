"""Nothing is typed here; the file lets fees be compiled."""
