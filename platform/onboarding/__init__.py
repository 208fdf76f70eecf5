"""From an application to a live portal: who applies, what both sides do, who is next, the papers of the contract."""
