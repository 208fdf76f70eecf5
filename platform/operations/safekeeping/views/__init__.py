"""The room's pages, for operators alone. None asks a schema."""
