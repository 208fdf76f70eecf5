"""What planners see: what there is, what is sought and what is missing, each figure with a sentence that says what it
counts.

A page is made of tables (`tables.Table`): the page draws them, `/auswertung/tabellen/<name>.<kind>` gives them as
files, and both ask the same function. What an address asks for is `asking.Asked`; the frame with its menu is that of
the editors (`frame`). Other parts of the room add their tables, tiles and sections to registries, so none knows
another.
"""
