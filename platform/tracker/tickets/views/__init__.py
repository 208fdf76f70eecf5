"""The pages of the room, for both hosts."""
