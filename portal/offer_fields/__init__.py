"""Which details an offer has in this municipality: its own ones, and which of the usual ones are asked and shown."""
