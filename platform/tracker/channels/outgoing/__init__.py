"""Webhooks that leave: what they say, when they are tried again, what became of them."""
