"""Reading German flyers: from words on a page to title, dates, place, price and contact. No Django, no files."""
