"""Daily figures of views and searches; no person, no single event is kept."""
