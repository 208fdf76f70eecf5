"""An entry of the audit log: who did what to which thing, append-only and hash-chained, in every schema."""
