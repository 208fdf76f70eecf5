"""Finding offers and providers: from the address line to the result page. No tables."""
