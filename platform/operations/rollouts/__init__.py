"""The operator's pages of updates for all municipalities: plan, start, progress, stop, drift, what became of each."""
