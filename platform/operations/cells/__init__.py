"""Cells as the operator sees them: which one this is, who moves, who moved away, and what to do about it."""
