"""A municipality: its host names, its schema, how it is made, and the only door through which code enters it."""
