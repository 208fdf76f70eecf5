"""What wins people for the portal: poster, postcard, flyer, letters to providers, the sheet for new editors."""
