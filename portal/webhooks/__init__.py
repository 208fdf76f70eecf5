"""Webhooks: other programs are told when an offer becomes public, changes, or ends."""
