"""Deciding on what waits: one text after the other, and for five minutes the way back."""
