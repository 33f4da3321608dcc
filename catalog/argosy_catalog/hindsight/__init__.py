"""What the catalog would show if the future were withheld, or had come out differently."""
