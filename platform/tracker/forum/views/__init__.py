"""The pages of the exchange; the same on a municipality's host and on the operator's."""
