"""What residents may see, for other programs: the interface below /api/, files below /daten/. Reads, never writes."""
