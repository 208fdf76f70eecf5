"""One's own offers: the list, what can be done with many at once, the bin, and what stands on the landing page."""
