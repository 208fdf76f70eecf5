"""Dates in everyday words: from a form to rules (RFC 5545) and back."""
