"""Media: the pictures people upload, each once, with who made them and what they show."""
