"""Calendars as a source: a provider names an iCalendar address, and its events become offers, night after night."""
