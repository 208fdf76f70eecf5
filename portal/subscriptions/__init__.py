"""Searches somebody wants to hear of by e-mail."""
