"""Imprint, privacy notice and terms of use, made from what the law asks for."""
