"""Questionnaires to begin with. German: they are content, not interface."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.surveys.models.questions import Kind
from portal.surveys.models.survey import Access


@dataclass(frozen=True, slots=True)
class Starter:
    """A questionnaire; `about` says for what it is good."""

    name: str
    about: Promise
    title: str
    introduction: str
    thanks: str
    questions: Sequence[Mapping[str, Any]]
    access: str = Access.EVERYBODY


_DISTRICT = {
    "kind": Kind.DISTRICT,
    "text": "In welchem Ortsteil wohnen Sie?",
    "help": "Damit wir sehen, wo etwas fehlt. Kleine Gruppen zeigen wir nie einzeln.",
    "breakdown": True,
}
_AGE = {"kind": Kind.AGE, "text": "Wie alt sind Sie?", "breakdown": True}
_RESULTS = "Nach dem Ende der Umfrage stellen wir die Ergebnisse hier im Portal vor."

EMPTY = Starter("leer", _("Nothing but a title: you write the questions yourself."), "Neue Umfrage", "", "", ())
STARTERS = (
    Starter(
        "zufriedenheit",
        _("How residents get along with the portal, and what they miss."),
        "Wie zufrieden sind Sie mit unserem Portal?",
        "Helfen Sie uns, das Portal besser zu machen. Es sind sechs kurze Fragen und dauert etwa zwei Minuten. "
        "Die Umfrage ist anonym.",
        _RESULTS,
        (
            {
                "kind": Kind.SCALE,
                "text": "Wie zufrieden sind Sie mit dem Portal insgesamt?",
                "low": "gar nicht zufrieden",
                "high": "sehr zufrieden",
                "required": True,
            },
            {"kind": Kind.YES_NO, "text": "Haben Sie gefunden, was Sie gesucht haben?"},
            {
                "kind": Kind.MANY,
                "text": "Wonach suchen Sie meistens?",
                "help": "Mehrere Antworten sind möglich.",
                "options": ["Kurse und Bildung", "Sport und Bewegung", "Beratung und Hilfe", "Treffpunkte",
                            "Veranstaltungen", "Etwas anderes"],
            },
            {
                "kind": Kind.ONE,
                "text": "Wie oft besuchen Sie das Portal?",
                "options": ["Heute zum ersten Mal", "Ein paar Mal im Jahr", "Jeden Monat", "Jede Woche"],
            },
            {"kind": Kind.TEXT, "text": "Was sollen wir besser machen?",
             "help": "Bitte nennen Sie keine Namen und keine Telefonnummern."},
            _AGE,
        ),
    ),
    Starter(
        "bedarf",
        _("Which offers are missing in a district, for whom, and what keeps people away."),
        "Was fehlt in Ihrem Ortsteil?",
        "Wir planen neue Angebote und möchten wissen, was vor Ort gebraucht wird. Sechs Fragen, etwa drei Minuten. "
        "Die Umfrage ist anonym.",
        _RESULTS,
        (
            {**_DISTRICT, "required": True},
            {
                "kind": Kind.MANY,
                "text": "Wovon wünschen Sie sich mehr?",
                "help": "Mehrere Antworten sind möglich.",
                "options": ["Treffpunkte in der Nähe", "Angebote für Kinder", "Angebote für Jugendliche",
                            "Angebote für ältere Menschen", "Sport und Bewegung", "Sprachkurse", "Beratung",
                            "Kultur und Musik"],
            },
            {
                "kind": Kind.SCALE,
                "text": "Wie gut erreichen Sie die Angebote, die Sie nutzen möchten?",
                "low": "sehr schlecht",
                "high": "sehr gut",
            },
            {
                "kind": Kind.MANY,
                "text": "Was hält Sie davon ab, etwas zu nutzen?",
                "help": "Mehrere Antworten sind möglich.",
                "options": ["Zu weit weg", "Zu teuer", "Die Uhrzeit passt nicht", "Ich weiß zu wenig darüber",
                            "Die Sprache", "Es ist nicht barrierefrei", "Nichts davon"],
            },
            {"kind": Kind.TEXT, "text": "Welches Angebot fehlt Ihnen am meisten?",
             "help": "Bitte nennen Sie keine Namen und keine Telefonnummern."},
            _AGE,
        ),
    ),
    Starter(
        "anbieter",
        _("How providers get along, where they need help, and what they plan."),
        "Umfrage unter den Anbietern",
        "Wie läuft es bei Ihnen, und was brauchen Sie von der Stadt? Sechs Fragen, etwa drei Minuten. "
        "Niemand sieht, welche Organisation was geantwortet hat.",
        "Wir sprechen über die Ergebnisse beim nächsten Netzwerktreffen.",
        (
            {
                "kind": Kind.SCALE,
                "text": "Wie leicht fällt es Ihnen, Ihre Angebote im Portal zu pflegen?",
                "low": "sehr schwer",
                "high": "sehr leicht",
                "required": True,
            },
            {"kind": Kind.YES_NO, "text": "Kommen durch das Portal neue Menschen zu Ihnen?"},
            {
                "kind": Kind.MANY,
                "text": "Was fehlt Ihnen am meisten?",
                "help": "Mehrere Antworten sind möglich.",
                "options": ["Räume", "Geld", "Ehrenamtliche", "Teilnehmende", "Kontakt zu anderen Anbietern",
                            "Nichts davon"],
            },
            {"kind": Kind.NUMBER, "text": "Wie viele Plätze könnten Sie zusätzlich anbieten?"},
            {"kind": Kind.GROUP, "text": "Für wen planen Sie neue Angebote?", "help": "Die wichtigste Zielgruppe."},
            {"kind": Kind.TEXT, "text": "Was sollen wir noch wissen?",
             "help": "Bitte nennen Sie keine Namen von Personen."},
        ),
        Access.PROVIDERS,
    ),
)  # fmt: skip


def starter_of(name: str) -> Starter | None:
    """The questionnaire of this name."""
    return next((each for each in (EMPTY, *STARTERS) if each.name == name), None)
