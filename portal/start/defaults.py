"""The composition every municipality begins with. German: it is content, not interface."""

from typing import Any

# Title, icon, and an age in the middle of the phase.
AGES = (
    ("0–3 Jahre", "baby", 2),
    ("4–6 Jahre", "child", 5),
    ("7–10 Jahre", "school", 8),
    ("11–14 Jahre", "bike", 12),
    ("15–18 Jahre", "youth", 16),
    ("18–27 Jahre", "work", 22),
    ("Erwachsene", "users", 40),
    ("Seniorinnen und Senioren", "senior", 70),
)
EMERGENCY = (
    ("Notruf: Feuerwehr und Rettungsdienst", "112", "tel:112", "danger"),
    ("Ärztlicher Bereitschaftsdienst", "116 117", "tel:116117", "medicine"),
    ("Hilfetelefon „Gewalt gegen Frauen“", "116 016", "tel:116016", "phone"),
    ("Nummer gegen Kummer für Kinder und Jugendliche", "116 111", "tel:116111", "phone"),
)
# Kind and whether it is shown; the editors switch on what needs words of their own.
SECTIONS = (
    ("hero", True),
    ("topics", True),
    ("ages", True),
    ("events", True),
    ("coming", True),
    ("tiles", False),
    ("new", True),
    ("providers", True),
    ("letters", True),
    ("emergency", False),
    ("partner", False),
)


def compose(section_model: Any, entry_model: Any) -> None:
    """Write it into the municipality we are inside. Takes the models, so that a migration can hand in its own."""
    for position, (kind, visible) in enumerate(SECTIONS):
        section = section_model.objects.create(kind=kind, visible=visible, position=position)
        entry_model.objects.bulk_create(_entries(entry_model, section))


def _entries(entry_model: Any, section: Any) -> list[Any]:
    if section.kind == "ages":
        return [
            entry_model(section=section, position=position, title=title, icon=icon, age=age)
            for position, (title, icon, age) in enumerate(AGES)
        ]
    if section.kind == "emergency":
        return [
            entry_model(section=section, position=position, title=title, text=number, link=link, icon=icon)
            for position, (title, number, link, icon) in enumerate(EMERGENCY)
        ]
    return []
