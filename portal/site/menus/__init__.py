"""Menus of two levels: what stands at the top and at the bottom of every page."""
