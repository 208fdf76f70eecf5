"""The pages of this room: behind the link of a mail, and in one's account."""
