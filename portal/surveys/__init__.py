"""Surveys: short questionnaires for residents and providers, anonymous by construction, and what came out of them."""
