"""Which tickets come with which release, due times, and what is new for editors after an update."""
