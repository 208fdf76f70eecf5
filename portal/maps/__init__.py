"""What places look like on a map: outlines, clusters, optional background tiles through our own proxy."""
