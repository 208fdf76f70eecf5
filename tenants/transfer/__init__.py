"""One municipality in one file, and back: export and restore. The format is described in docs/EXPORT.md."""
