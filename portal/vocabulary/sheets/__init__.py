"""A list as a spreadsheet: written, read again, compared with what is there, taken over."""
