"""The pages of this room: those of the planners, and those on which somebody answers."""
