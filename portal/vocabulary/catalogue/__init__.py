"""The editors' pages of the shared catalogue: what was adopted, what a release changes, links and proposals."""
