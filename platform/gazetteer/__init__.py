"""Postcodes and where they are, for all municipalities, from a package: no service outside is asked."""
