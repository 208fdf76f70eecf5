"""From an address to what its events say, in the words of an offer. Nothing here knows of tables of ours."""
