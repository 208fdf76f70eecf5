"""The editors' pages of this room, and the previews."""
