"""Keeping offers current: reminders with one click, a note, hiding, the summary by mail."""
