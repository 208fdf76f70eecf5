"""An offer (Angebot) of a provider: what, for whom, where, at what cost, and when it takes place."""
