"""What wins people for the portal on paper: poster, postcard, flyer, letters to providers, the sheet for new editors."""
