"""Parts of the portal for other websites: search, list, calendar, an offer, a provider's offers, in a frame."""
