"""Lists of addresses that the town hall has already: read, looked at, taken over."""
