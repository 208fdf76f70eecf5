"""A person who signs in: with an e-mail address, in exactly one municipality or on the operator's side."""
