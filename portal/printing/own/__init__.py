"""What providers print themselves: posters, postcards and flyers for their public offers and their page."""
