"""What municipalities do in the exchange: each a verb, one transaction, one entry in the audit log."""
