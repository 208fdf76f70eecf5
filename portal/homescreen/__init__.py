"""The portal on the home screen of a phone: installable, and readable without a connection."""
