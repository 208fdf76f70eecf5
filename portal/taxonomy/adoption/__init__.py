"""What the municipality has taken of the common catalogue, and what it made of it."""
