"""Differences of two texts as a page shows them: side by side, folded, with map, pictures and the next dates."""
