"""Districts from a file with outlines: read, compared with what is there, taken over."""
