"""Bulk actions: what would happen, doing it in parts in the background, stopping it and taking it back."""
