"""What is missing before the portal may go live."""
