"""From an organisation's own page: what it says in schema.org's words, else in Open Graph's, else in German."""
