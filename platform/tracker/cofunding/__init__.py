"""Estimates, pledges and keys: who pays what of a wish, to the cent; no money moves here."""
