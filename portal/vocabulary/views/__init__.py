"""Pages of the room: lists and their order, single entries, tables, outlines."""
