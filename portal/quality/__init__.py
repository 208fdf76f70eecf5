"""How good the portal's contents are: what to do about it today, shares with goals, links, doubles, reminders."""
