"""Texts in Leichte Sprache that every portal begins with; editors change them at /redaktion/leichte-sprache/.

By the rules of the Netzwerk Leichte Sprache: short sentences, one thought each, every sentence on a line of its own,
familiar words, long words parted, no passive, no negation where it can be said otherwise. German: it is content.
"""

SLUG = "leichte-sprache"
TITLE = "Leichte Sprache"


def _lines(*sentences: str) -> str:
    return "<p>" + "<br>".join(sentences) + "</p>"


WELCOME = (
    _lines(
        "Willkommen auf dieser Internet-Seite.",
        "Hier finden Sie viele Angebote in Ihrer Nähe.",
        "Zum Beispiel: Kurse, Beratung und Freizeit.",
        "Die Angebote sind für alle Menschen.",
    )
    + "<h2>So suchen Sie ein Angebot</h2>"
    + _lines(
        "Klicken Sie oben auf das Wort <strong>Angebote</strong>.",
        "Dann sehen Sie ein Feld für die Suche.",
        "Schreiben Sie ein Wort in das Feld.",
        "Zum Beispiel: Schwimmen.",
        "Klicken Sie dann auf <strong>Suchen</strong>.",
    )
    + _lines(
        "Sie können auch ein Thema wählen.",
        "Oder einen Tag.",
        "Oder Ihren Orts-Teil.",
        "Dann sehen Sie nur passende Angebote.",
    )
    + '<p><a href="/angebote/">Hier kommen Sie zur Suche.</a></p>'
    + "<h2>Das steht bei einem Angebot</h2>"
    + _lines(
        "Klicken Sie auf den Namen von einem Angebot.",
        "Dann lesen Sie:",
    )
    + "<ul><li>Wann ist das Angebot?</li><li>Wo ist das Angebot?</li><li>Was kostet das Angebot?</li>"
    "<li>Für wen ist das Angebot?</li><li>Wie melden Sie sich an?</li></ul>"
    + _lines("Dort steht auch eine Telefon-Nummer.", "Oder eine E-Mail-Adresse.", "So können Sie nachfragen.")
    + "<h2>Diese Zeichen helfen Ihnen</h2>"
    + _lines(
        "<strong>kostenfrei</strong> bedeutet: Das Angebot kostet kein Geld.",
        "<strong>barriere-frei</strong> bedeutet: Sie kommen auch mit dem Roll-Stuhl hinein.",
        "<strong>online</strong> bedeutet: Das Angebot ist im Internet.",
    )
    + "<h2>Sprachen</h2>"
    + _lines(
        "Sie können diese Seite in anderen Sprachen lesen.",
        "Klicken Sie oben auf das Zeichen für die Sprache.",
        "Dann wählen Sie Ihre Sprache.",
    )
    + "<h2>Haben Sie Fragen?</h2>"
    + _lines(
        "Schreiben Sie uns.",
        "Oder rufen Sie uns an.",
        'Unsere Adresse steht auf der Seite <a href="/kontakt/">Kontakt</a>.',
    )
)

VARIANTS = {
    "ueber-uns": _lines(
        "Auf dieser Internet-Seite stehen Angebote aus Ihrer Stadt.",
        "Die Angebote sind von Vereinen, Schulen und Beratungs-Stellen.",
        "So finden Sie alles an einem Ort.",
    ),
    "kontakt": _lines(
        "Sie haben eine Frage zu dieser Internet-Seite?",
        "Dann schreiben Sie uns eine E-Mail.",
        "Oder rufen Sie uns an.",
        "Die E-Mail-Adresse steht ganz unten auf jeder Seite.",
        "Dort steht auch die Telefon-Nummer.",
    )
    + _lines(
        "Sie haben eine Frage zu einem Angebot?", "Dann fragen Sie bitte dort nach.", "Die Adresse steht beim Angebot."
    ),
    "impressum": _lines(
        "Das Impressum sagt: Wer macht diese Internet-Seite?",
        "Die Stadt macht diese Internet-Seite.",
        "Im Impressum stehen der Name und die Adresse.",
    ),
    "datenschutz": _lines(
        "Daten-Schutz bedeutet: Wir passen auf Ihre Daten auf.",
        "Daten sind zum Beispiel: Ihr Name und Ihre Adresse.",
        "Sie können alle Angebote ohne Ihren Namen ansehen.",
        "Diese Seite merkt sich nicht, wer Sie sind.",
        "Ihre Merk-Liste bleibt nur auf Ihrem Gerät.",
    )
    + _lines(
        "Manchmal schreiben Sie uns.", "Dann brauchen wir Ihre E-Mail-Adresse.", "Nur so können wir Ihnen antworten."
    ),
    "barrierefreiheit": _lines(
        "Barriere-frei bedeutet: Alle Menschen können die Seite gut benutzen.",
        "Zum Beispiel blinde Menschen.",
        "Oder Menschen, die keine Maus benutzen können.",
    )
    + _lines(
        "Haben Sie ein Problem auf dieser Seite gefunden?",
        "Dann sagen Sie uns das bitte.",
        "Wir wollen die Seite besser machen.",
        'So erreichen Sie uns: <a href="/kontakt/">Kontakt</a>.',
    ),
    "nutzungsbedingungen": _lines(
        "Für diese Internet-Seite gibt es Regeln.",
        "Das Ansehen kostet kein Geld.",
        "Sie brauchen dafür kein Konto.",
        "Wer ein Angebot aufschreibt, muss die Wahrheit sagen.",
        "Niemand darf andere Menschen beleidigen.",
    ),
}
