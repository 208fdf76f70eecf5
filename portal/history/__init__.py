"""What became of everything the editors guard: every state of texts, pages and settings, and what was deleted."""
