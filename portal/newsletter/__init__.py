"""The newsletter that makes itself: issues of what is new and what is coming, their readers, and how they are sent."""
