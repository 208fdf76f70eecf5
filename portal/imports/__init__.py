"""Offers from a spreadsheet, in the browser: look at what a file would change, choose, take it over in the background.

What a row means is decided below, in `portal.exchange`; the command of the same name uses the same code.
"""
