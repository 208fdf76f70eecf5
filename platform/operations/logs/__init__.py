"""The logs of who did what: the platform's to read, and whether all of them are still as they were written."""
