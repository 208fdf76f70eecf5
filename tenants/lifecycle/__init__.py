"""From the making of a municipality to its deletion, and what the operator sees of all of them."""
