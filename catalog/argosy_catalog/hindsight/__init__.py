"""Hindsight: what a catalog would show if the future were withheld, or had come out differently.

Both serve the search for lookahead: what was known at a time must be the same, whatever came later.
"""
