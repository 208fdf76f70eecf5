"""Which charts and maps can be taken along, each made of the same table as its page; and the address of each."""
