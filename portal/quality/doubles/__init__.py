"""Offers and providers that are perhaps there twice."""
