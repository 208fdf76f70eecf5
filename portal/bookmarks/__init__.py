"""The list of offers a resident keeps in the browser (Merkliste)."""
