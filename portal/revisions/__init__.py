"""Revisions: what somebody wants a text to become, and what it was."""
