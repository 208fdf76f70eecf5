"""Signing in by the municipality's own service (OpenID Connect): allauth's, asked through core.outgoing."""
