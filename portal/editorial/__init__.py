"""The editors' desk: the way to everything they decide."""
