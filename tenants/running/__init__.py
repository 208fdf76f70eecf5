"""What every request and every job stands on: which municipality, its tables, files and memory, and nobody else's."""
