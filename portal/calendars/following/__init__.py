"""What becomes of the events that were read: recognised, taken, followed, ended."""
