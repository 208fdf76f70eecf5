"""Organisations and their people: registering one, joining one, inviting, handing over, leaving."""
