"""An order's way through the host: out to its venue, and what comes back."""
