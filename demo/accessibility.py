"""The accessibility statement of a demo municipality: filled in, as an editor would."""

from datetime import date, timedelta

from portal.feedback.models import AccessibilityStatement, KnownBarrier

LANDS = {"saarbruecken": "SL", "rheda-wiedenbrueck": "NW", "pirmasens": "RP"}
BARRIERS = (
    (
        "Bilder ohne gute Beschreibung",
        "not_yet",
        "Manche Anbieter laden sie so hoch.",
        "Fragen Sie uns, was zu sehen ist.",
    ),
    (
        "Texte in Leichter Sprache gibt es erst für wenige Seiten",
        "not_yet",
        "Wir ergänzen sie nach und nach.",
        "Rufen Sie uns an: Wir erklären es Ihnen.",
    ),
    ("Videos in Gebärdensprache fehlen noch", "not_yet", "", "Schreiben Sie uns."),
)


def declare(slug: str, today: date) -> None:
    """Fill the statement of the municipality we are inside; it was reviewed a month ago."""
    statement = AccessibilityStatement.load()
    statement.status, statement.land = "partial", LANDS.get(slug, "")
    statement.made_on, statement.reviewed_on = today - timedelta(days=200), today - timedelta(days=30)
    statement.assessed_by = "Redaktion"
    statement.save()
    KnownBarrier.objects.bulk_create(
        KnownBarrier(
            statement=statement,
            what=what,
            reason=reason,
            explanation=explanation,
            alternative=alternative,
            position=position,
        )
        for position, (what, reason, explanation, alternative) in enumerate(BARRIERS)
    )
