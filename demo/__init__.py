"""The three demo municipalities, written by us."""
