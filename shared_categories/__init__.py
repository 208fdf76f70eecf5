"""The common catalogue of categories and what belongs to them, issued in releases that municipalities adopt."""
