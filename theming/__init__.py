"""How a municipality's portal looks."""
