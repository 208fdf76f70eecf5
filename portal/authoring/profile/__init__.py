"""The pages on which an organisation writes its profile: as the offer form, on the kind of `portal.providers`."""
