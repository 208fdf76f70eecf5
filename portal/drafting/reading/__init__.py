"""Reading German flyers: from words on a page to title, dates, place, price and contact. Knows no Django and no files."""
