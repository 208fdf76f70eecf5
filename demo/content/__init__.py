"""What the demo municipalities contain, as plain data: no database, no Django, no clock."""
