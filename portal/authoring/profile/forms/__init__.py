"""What each page of the profile asks, and how its answers become its text and back."""
