"""Charts and maps as files of their own: SVG that looks right alone, and PNG made of it.

A picture is made of the same table as the page shows (`register` by the table's name), carries its title, what it
counts, period and filters, and needs no style sheet: colours and sizes stand in attributes.
"""
