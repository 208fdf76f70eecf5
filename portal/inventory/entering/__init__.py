"""What the editors enter themselves: the door to the forms, new entries, the overview of one, notes and markers."""
