"""Support access: an operator enters a municipality for a reason and a while, announced, seen by everybody, logged."""
