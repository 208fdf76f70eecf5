"""What each page asks, and how its answers become an offer's text and back."""
