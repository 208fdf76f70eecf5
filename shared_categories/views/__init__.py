"""The operator's pages of the catalogue, and what everybody may read of it."""
