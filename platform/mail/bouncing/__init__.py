"""Mail that comes back: the envelope by which it is recognised, reading the mailbox, what is done about it."""
