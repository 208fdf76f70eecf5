"""Topics, good examples, contacts and the yearly poll among the municipalities."""
