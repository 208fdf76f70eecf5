"""Neighbours, roof portals and the index of what they show each other."""
