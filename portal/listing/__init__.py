"""The one list of things somebody can act on: search, filters that count, sorting, paging, choice of rows, export."""
