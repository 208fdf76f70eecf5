"""What a municipality prints: its programme, posters and letters, as accessible PDF made in the background."""
