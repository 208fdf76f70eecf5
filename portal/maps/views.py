"""The tile proxy, the nearest place to a visitor, and the editors' page."""
