"""The database engine: django-tenants' with our guard in the SQL compiler (see `tenants.running.guard`)."""
