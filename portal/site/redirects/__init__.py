"""Addresses that moved: kept, read from a table, never a ring."""
