"""The editors' lists of all offers and providers: finding, changing many at once, entering for others, merging."""
