"""Searching what other municipalities show here (`neighbours`): the same search over the index of their offers."""
