"""The work list: what waits for the editors, who is in charge of it, and going through it one after the other."""
