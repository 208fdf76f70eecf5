"""The start page as the editors compose it."""
