"""A job: work that runs later, inside its municipality, on procrastinate's queue in PostgreSQL."""
