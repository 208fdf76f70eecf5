"""A short dated item of news, its archive and its feed."""
