"""The mails of the portal as its editors see them: the words of each kind, what became of each mail, addresses that
cannot be reached."""
