"""The views of the interface, of the files, and of the pages that explain them."""
