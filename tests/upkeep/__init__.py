"""Reminders, confirmations, notes and hiding."""
