"""The text of an offer: sentences of its pattern, closed by what its data say."""

from __future__ import annotations

from random import Random

from demo.choose import Chooser, Chosen, sentence
from demo.content.types import Answer, Cost

LANGUAGES = {
    "ar": "Arabisch",
    "bg": "Bulgarisch",
    "de": "Deutsch",
    "en": "Englisch",
    "fa": "Persisch",
    "fr": "Französisch",
    "pl": "Polnisch",
    "ro": "Rumänisch",
    "ru": "Russisch",
    "tr": "Türkisch",
    "uk": "Ukrainisch",
}
STEPLESS = (
    "Der Zugang ist stufenlos.",
    "Alle Räume sind mit Rollstuhl und Kinderwagen gut zu erreichen.",
    "Eine barrierefreie Toilette ist vorhanden.",
)
STEPS = (
    "Der Raum liegt im ersten Stock, einen Aufzug gibt es leider nicht.",
    "Am Eingang sind vier Stufen zu überwinden.",
)
FREE_OF_CHARGE = ("Die Teilnahme ist kostenlos.", "Sie müssen nichts bezahlen.", "Das Angebot kostet nichts.")
WELCOME = (
    "Fragen beantworten wir gern am Telefon oder per E-Mail.",
    "Rufen Sie gern an, wenn Sie unsicher sind.",
    "Melden Sie sich einfach bei uns.",
    "Geben Sie den Hinweis gern an andere weiter.",
)
YOUNG = ("Bring gern Freunde mit.", "Wir freuen uns auf dich!", "Schreib uns, wenn du Fragen hast.")


def _spoken(languages: tuple[str, ...]) -> str:
    names = [LANGUAGES[each] for each in languages]
    return f"Wir sprechen {', '.join(names[:-1])} und {names[-1]}."


def describe(
    chooser: Chooser,
    chosen: Chosen,
    *,
    cost: Cost,
    languages: tuple[str, ...],
    accessible: Answer,
    rng: Random,
) -> tuple[str, str]:
    """Teaser (plain, at most 200 characters) and description (HTML paragraphs) of an offer."""
    pattern, slots = chosen.pattern, chosen.slots
    teaser = sentence(chooser.take("teaser", pattern.key, pattern.teasers).format(**slots))
    body = [
        sentence(chooser.take(f"text{number}", pattern.key, group).format(**slots))
        for number, group in enumerate(pattern.texts)
    ]
    informal = any(" du " in f" {text} ".lower() or "Komm " in text for text in (teaser, *body))
    ends = []
    if len(languages) > 1:
        ends.append(_spoken(languages))
    if accessible != "unknown" and pattern.online != "only" and rng.random() < 0.4:
        ends.append(rng.choice(STEPLESS if accessible == "yes" else STEPS))
    if cost.kind == "free" and rng.random() < 0.35:
        ends.append(FREE_OF_CHARGE[0] if informal else rng.choice(FREE_OF_CHARGE))
    if len(ends) < 2 and rng.random() < 0.5:
        ends.append(rng.choice(YOUNG if informal else WELCOME))
    closing = f"<p>{' '.join(ends)}</p>" if ends else ""
    return teaser, f"<p>{' '.join(body)}</p>{closing}"
