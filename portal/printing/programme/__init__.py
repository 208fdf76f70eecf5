"""The printed programme: offers of a saved search and a period, in chapters."""
