"""Texts of a municipality in other languages, made by a machine and corrected by people."""
