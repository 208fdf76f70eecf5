"""The demo: three municipalities a visitor from there believes, with providers and offers dated around today."""
