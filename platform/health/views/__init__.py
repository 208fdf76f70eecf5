"""The room's pages, for operators alone."""
