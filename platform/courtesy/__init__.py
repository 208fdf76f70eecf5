"""How the house behaves towards the servers of other people: a request a second, what they forbid, when to rest."""
