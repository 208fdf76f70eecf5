"""Mails that ask providers to look after their entries, one a provider and not too often."""
