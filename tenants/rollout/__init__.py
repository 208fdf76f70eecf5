"""Bringing every municipality's schema to the code's version: planned once per state, replayed per schema.

`states` reads what each schema has, `planning` lets Django plan once for all schemas in the same state, `recording`
writes down the statements, `replay` runs them in one schema, `running` goes through the waves, `services` is the door.
"""
