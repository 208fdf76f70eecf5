"""Municipalities that show each other's offers: what they agreed on, and the index of what they publish."""
