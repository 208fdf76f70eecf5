"""Everything that comes in or goes out: Excel, the old TYPO3 portal, open interfaces."""
