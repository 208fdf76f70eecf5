"""How all municipalities are: a table, one of them, failed jobs, and numbers for a monitoring system."""
