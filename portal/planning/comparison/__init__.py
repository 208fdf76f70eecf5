"""Figures beside one's own past and, where municipalities agreed to it, beside the median of similar ones."""
