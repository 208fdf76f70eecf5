"""The editorial pages every portal needs, written once and filled with a municipality's own names.

They are demo texts and say so: no authority has checked them.
"""

from core.phones import phone_uri
from demo.content.types import PageSpec

NOTE = (
    "<p><strong>Demo-Daten:</strong> Diese Seite gehört zu einer Vorführung. Namen, Anschriften und Nummern"
    " sind erfunden, der Text ist rechtlich nicht geprüft.</p>"
)


def dial(phone: str) -> str:
    """The number as a link."""
    return f'<a href="{phone_uri(phone)}">{phone}</a>'


def imprint(*, body: str, street: str, city: str, phone: str, email: str, office: str) -> PageSpec:
    return PageSpec(
        "impressum",
        "Impressum",
        f"{NOTE}<h2>Herausgeber</h2><p>{body}<br>{street}<br>{city}</p><p>Telefon: {dial(phone)}<br>E-Mail: <a"
        f' href="mailto:{email}">{email}</a></p><h2>Verantwortlich für den Inhalt</h2><p>{office}, Anschrift'
        " wie oben. Für die Angebote sind die jeweiligen Anbieter verantwortlich; die Redaktion prüft sie"
        " nach bestem Wissen.</p><h2>Haftung für Links</h2><p>Das Portal verweist auf Seiten anderer. Für"
        " deren Inhalte sind allein deren Betreiber verantwortlich. Wenn Ihnen ein fehlerhafter Verweis"
        " auffällt, freuen wir uns über einen Hinweis.</p><h2>Bildnachweise</h2><p>Alle Zeichnungen:"
        " Chancenportal Demo. Bei Bildern der Anbieter steht der Nachweis am Bild.</p>",
    )


def privacy(*, body: str, email: str, state_authority: str) -> PageSpec:
    return PageSpec(
        "datenschutz",
        "Datenschutz",
        f"{NOTE}<p>Der Schutz Ihrer Daten ist uns wichtig. Sie können das Portal nutzen, ohne etwas über sich"
        " zu verraten.</p>"
        "<h2>Wenn Sie nur lesen</h2><p>Beim Besuch der Seiten setzen wir keine Cookies und binden keine"
        " Dienste Dritter ein. Der Server verarbeitet Ihre IP-Adresse nur so lange, wie es für die"
        " Auslieferung der Seite nötig ist.</p>"
        "<h2>Suche und Statistik</h2><p>Wir zählen, welche Begriffe gesucht und welche Angebote geöffnet"
        " werden, um das Portal zu verbessern. Diese Zahlen lassen keinen Rückschluss auf einzelne"
        " Menschen zu.</p>"
        "<h2>Wenn Sie uns oder einem Anbieter schreiben</h2><p>Nachrichten an Anbieter leiten wir weiter und bewahren"
        " sie nicht auf. Meldungen an die Redaktion löschen wir ein halbes Jahr, nachdem die Sache erledigt ist."
        " Gegen Werbung zählen wir, wie oft aus einem Netz geschrieben wird; gespeichert wird nur ein Prüfwert, den"
        " schon am nächsten Tag niemand mehr zuordnen kann.</p>"
        "<h2>Wenn Sie ein Konto haben</h2><p>Anbieter und Redaktion melden sich mit E-Mail-Adresse und"
        " Passwort an. Gespeichert werden Name, E-Mail-Adresse, Zugehörigkeit und ein Protokoll der"
        " Änderungen. Rechtsgrundlage ist Artikel 6 Absatz 1 Buchstabe e der Datenschutz-Grundverordnung.</p>"
        "<h2>Ihre Rechte</h2><ul><li>Auskunft über Ihre Daten</li><li>Berichtigung und"
        " Löschung</li><li>Einschränkung der Verarbeitung und Widerspruch</li><li>Beschwerde bei der"
        f" Aufsicht: {state_authority}</li></ul>"
        f'<h2>Wer verantwortlich ist</h2><p>{body}, <a href="mailto:{email}">{email}</a>.</p>',
    )


def accessibility(*, portal: str) -> PageSpec:
    """The editors' own words; what the law asks for stands below them (portal.feedback, demo.accessibility)."""
    return PageSpec(
        "barrierefreiheit",
        "Barrierefreiheit",
        f"{NOTE}<p>Wir möchten, dass alle Menschen das Portal „{portal}“ ohne fremde Hilfe nutzen können. Alle"
        " Seiten lassen sich mit der Tastatur bedienen, mit Vorleseprogrammen lesen und auf 400 Prozent"
        " vergrößern. Farben und Schriften haben einen ausreichenden Kontrast.</p>",
    )


def terms(*, portal: str, offers: str, provider: str) -> PageSpec:
    return PageSpec(
        "nutzungsbedingungen",
        "Nutzungsbedingungen",
        f"{NOTE}<h2>Wofür das Portal da ist</h2><p>„{portal}“ zeigt {offers}, die für die Menschen hier da"
        " sind. Gewerbliche Werbung, Parteiwerbung und Angebote, die Menschen ausschließen oder herabsetzen,"
        f" haben hier keinen Platz.</p><h2>Wer mitmachen darf</h2><p>{provider} mit Sitz oder Tätigkeit in"
        " unserer Region. Für sie ist alles kostenlos.</p><h2>Pflichten</h2><ul>"
        "<li>Angaben sind wahr, vollständig und aktuell.</li><li>An"
        " Texten und Bildern bestehen die nötigen Rechte; abgebildete Personen haben"
        " zugestimmt.</li><li>Zugangsdaten werden nicht weitergegeben.</li></ul><h2>Was die Redaktion"
        " darf</h2><p>Sie kann Angebote zurückgeben, kürzen oder sperren, wenn sie gegen diese Bedingungen"
        " verstoßen, und nennt dafür einen Grund.</p><h2>Haftung</h2><p>Wir bemühen uns um richtige Angaben,"
        " können dafür aber keine Gewähr übernehmen. Verträge kommen allein zwischen Ihnen und dem Anbieter"
        " zustande.</p>",
    )


def contact(*, office: str, street: str, city: str, phone: str, email: str, hours: str) -> PageSpec:
    return PageSpec(
        "kontakt",
        "Kontakt",
        "<p>Sie haben eine Frage oder einen Fehler entdeckt? Wir sind gern für Sie da.</p>"
        f"<h2>{office}</h2><p>{street}<br>{city}</p><p>Telefon: {dial(phone)}<br>E-Mail: <a"
        f' href="mailto:{email}">{email}</a></p>'
        f"<h2>Sprechzeiten</h2><p>{hours}</p>"
        "<h2>In einer Notlage</h2><ul>"
        f"<li>Polizei: {dial('110')}</li><li>Feuerwehr und Rettungsdienst: {dial('112')}</li>"
        f"<li>Ärztlicher Bereitschaftsdienst: {dial('116 117')}</li></ul>{NOTE}",
    )
