"""Tokens by which other programs show who they are: given by an administrator, shown once, kept as digests."""
