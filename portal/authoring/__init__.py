"""The forms in which people write offers: short pages, each saved by itself."""
