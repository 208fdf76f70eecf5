"""The operator's pages of what is kept safe: exports of a municipality to start and fetch, and the list of backups."""
