"""The three texts. No authority has checked them: the page that makes them says so, and that the municipality answers
for what it publishes. What they say of the service itself (cookies, counting, messages) is what the code does."""

from datetime import date
from html import escape

from django.utils.formats import date_format
from django.utils.translation import override

from portal.preferences.models import Preferences
from portal.site.legal.lands import LANDS
from portal.site.legal.pieces import (
    Answers,
    address,
    bullets,
    heading,
    labelled,
    lines,
    link,
    mail,
    paragraphs,
    phone,
    said,
)


def imprint(answers: Answers) -> str:
    """After § 5 DDG and § 18 MStV."""
    get = answers.get
    parts = [
        heading("Herausgeber"),
        address(answers),
        lines(said(answers, "form"), f"Vertreten durch: {said(answers, 'represented')}"),
        heading("Kontakt"),
        lines(labelled("Telefon", phone(answers)), f"E-Mail: {mail(answers)}"),
        '<p><a href="/kontakt/schreiben/">Nachricht an die Redaktion schreiben</a></p>',
        heading("Verantwortlich für den Inhalt (§ 18 Abs. 2 MStV)"),
        lines(said(answers, "responsible"), *_address_of_person(get("responsible_address", ""))),
        "<p>Für die einzelnen Angebote sind die Anbieter verantwortlich, die bei ihnen genannt sind.</p>",
        heading("Kontaktstelle für Behörden und Nutzende (Art. 11 und 12 der Verordnung (EU) 2022/2065)"),
        lines(f"E-Mail: {mail(answers, 'dsa_email')}", f"Sprachen: {said(answers, 'dsa_languages')}"),
        "<p>Rechtswidrige Inhalte melden Sie bitte über „Falsche Angaben melden“ beim Angebot oder an diese Adresse."
        " Wir prüfen jede Meldung und sagen Ihnen, was daraus geworden ist.</p>",
    ]
    for title, name in (
        ("Aufsichtsbehörde", "supervision"),
        ("Registereintrag", "register"),
        ("Umsatzsteuer- oder Wirtschafts-Identifikationsnummer", "vat"),
        ("Bildnachweise", "pictures"),
    ):
        if get(name, "").strip():
            parts += [heading(title), paragraphs(get(name, ""))]
    return "".join([*parts, paragraphs(get("more", ""))])


def _address_of_person(written: str) -> list[str]:
    return [escape(line) for line in written.splitlines()] or ["Anschrift wie oben"]


def privacy(answers: Answers) -> str:
    """After Article 13 GDPR."""
    get = answers.get
    land = LANDS.get(get("land", ""))
    basis = escape(get("basis", "").strip()) or (
        f"Artikel 6 Absatz 1 Buchstabe e DSGVO in Verbindung mit {land.basis}" if land else said(answers, "land")
    )
    return "".join(
        [
            heading("Wer verantwortlich ist"),
            address(answers),
            lines(labelled("Telefon", phone(answers)), f"E-Mail: {mail(answers)}"),
            heading("Datenschutzbeauftragte oder Datenschutzbeauftragter"),
            lines(
                escape(get("officer", "").strip()),
                *(escape(line) for line in get("officer_address", "").splitlines()),
                f"E-Mail: {mail(answers, 'officer_email')}",
            ),
            *_reading(answers, basis),
            *_taking_part(basis, Preferences.current().mail_log_days),
            *_recipients(answers),
            *_rights(answers),
            paragraphs(get("more", "")),
        ]
    )


def _reading(answers: Answers, basis: str) -> list[str]:
    days = said(answers, "log_days")
    return [
        heading("Wenn Sie nur lesen"),
        "<p>Sie können alle Angebote ansehen, ohne Ihren Namen zu nennen. Wir setzen dabei keine Cookies und binden"
        " keine"
        " Dienste Dritter ein; auch Karten und Schriften kommen von unserem Server. Ihre Merkliste liegt nur auf"
        " Ihrem"
        " Gerät.</p>",
        f"<p>Der Server verarbeitet Ihre IP-Adresse, um die Seiten auszuliefern und Angriffe abzuwehren. Protokolle"
        f" löschen wir nach {days} Tagen. Rechtsgrundlage: {basis}.</p>",
        heading("Zahlen über die Nutzung"),
        "<p>Wir zählen, wie oft Angebote geöffnet und welche Wörter gesucht werden. Gespeichert werden nur Summen;"
        " sie"
        " lassen keinen Rückschluss auf einzelne Menschen zu.</p>",
    ]


def _taking_part(basis: str, mail_days: int) -> list[str]:
    return [
        heading("Wenn Sie uns oder einem Anbieter schreiben"),
        "<p>Wir verarbeiten, was Sie in das Formular schreiben, um Ihnen zu antworten. Nachrichten an Anbieter"
        " leiten wir"
        " weiter und bewahren sie nicht auf. Meldungen an die Redaktion löschen wir ein halbes Jahr, nachdem die"
        " Sache"
        f" erledigt ist. Rechtsgrundlage: {basis}. Sie müssen uns nichts mitteilen; ohne eine Adresse können wir"
        " Ihnen"
        " aber nicht antworten.</p>",
        heading("Wenn Sie unseren Newsletter oder Angebote per E-Mail bekommen"),
        "<p>Wir speichern Ihre E-Mail-Adresse, was Sie bestellt haben, und wann Sie das bestätigt haben, um es"
        " nachweisen zu können, bis Sie abbestellen. Wer nicht bestätigt, wird von selbst gelöscht. Rechtsgrundlage"
        " ist Ihre Einwilligung (Artikel 6 Absatz 1 Buchstabe a DSGVO). Sie können sie jederzeit mit dem Link in"
        " jeder E-Mail widerrufen; was bis dahin geschah, bleibt rechtmäßig. Nach der Abmeldung von einem Newsletter"
        " bleibt nur ein verschlüsselter Prüfwert Ihrer Adresse, damit keine Liste Sie wieder aufnimmt. Wir messen"
        " nicht, ob Sie eine E-Mail öffnen oder was Sie darin anklicken.</p>",
        heading("Wenn Sie ein Konto haben"),
        "<p>Anbieter und Redaktion melden sich mit E-Mail-Adresse und Passwort an. Gespeichert werden Name,"
        " E-Mail-Adresse,"
        " Zugehörigkeit und ein Protokoll der Änderungen. Für die Anmeldung ist ein Cookie technisch nötig (§ 25"
        " Absatz 2"
        " Nummer 2 TDDDG). Ihr Konto besteht, bis Sie es löschen oder wir es auflösen, weil es niemand mehr braucht;"
        " das Protokoll der Änderungen nennt dann keinen Namen mehr. Ohne diese Angaben können Sie hier keine Angebote"
        f" veröffentlichen. Rechtsgrundlage: {basis}.</p>",
        heading("Wenn Sie in einem Angebot genannt sind"),
        "<p>Anbieter nennen oft eine Person, die Fragen beantwortet. Name, Telefon und E-Mail-Adresse haben wir vom"
        " Anbieter; sie stehen im Portal, solange das Angebot öffentlich ist, und in seinen früheren Fassungen, bis"
        f" diese gelöscht werden. Rechtsgrundlage: {basis}. Wenn Sie das nicht wollen, schreiben Sie uns.</p>",
        heading("E-Mails, die das Portal verschickt"),
        f"<p>Kopien verschickter E-Mails löscht das System nach {mail_days} Tagen von selbst. Dass eine Adresse nicht"
        " erreichbar war, merkt es sich höchstens ein Jahr.</p>",
        "<p>Es gibt keine automatisierten Entscheidungen und kein Profiling (Artikel 22 DSGVO).</p>",
    ]


def _recipients(answers: Answers) -> list[str]:
    get = answers.get
    received = [f"Betrieb des Servers: {said(answers, 'host')}"]
    received += [
        f"{label}: {escape(get(name, '').strip())}"
        for label, name in (("Versand der E-Mails", "mail_service"), ("Maschinelle Übersetzung", "translation"))
        if get(name, "").strip()
    ]
    abroad = paragraphs(get("abroad", ""))
    return [
        heading("Wer Daten erhält"),
        "<p>Diese Stellen verarbeiten Daten in unserem Auftrag und nur nach unseren Weisungen:</p>",
        bullets(*received),
        abroad or "<p>Daten werden nicht in Länder außerhalb der Europäischen Union übermittelt.</p>",
    ]


def _rights(answers: Answers) -> list[str]:
    land = LANDS.get(answers.get("land", ""))
    supervisor = f"{escape(land.authority)}, {link(land.url)}" if land else said(answers, "land")
    return [
        heading("Ihre Rechte"),
        bullets(
            "Auskunft über Ihre Daten (Artikel 15 DSGVO)",
            "Berichtigung (Artikel 16 DSGVO)",
            "Löschung (Artikel 17 DSGVO)",
            "Einschränkung der Verarbeitung (Artikel 18 DSGVO)",
            "Datenübertragbarkeit, wo Sie eingewilligt haben (Artikel 20 DSGVO)",
            "Widerspruch aus Gründen, die sich aus Ihrer besonderen Situation ergeben (Artikel 21 DSGVO)",
            "Widerruf einer Einwilligung (Artikel 7 Absatz 3 DSGVO)",
        ),
        "<p>Sie können sich bei einer Aufsichtsbehörde beschweren (Artikel 77 DSGVO), zum Beispiel hier:"
        f" {supervisor}.</p>",
    ]


def terms(answers: Answers) -> str:
    """After Article 14 DSA; what the service does with offers is what it really does."""
    get, portal, body = answers.get, said(answers, "portal"), said(answers, "body")
    parts = [
        heading("Wofür diese Bedingungen gelten"),
        f"<p>„{portal}“ ist ein Angebot von {body}. Diese Bedingungen gelten für alle, die hier Angebote"
        " veröffentlichen,"
        f" ab dem {_day(answers)}. Das Ansehen ist kostenlos und geht ohne Konto; auch das Veröffentlichen kostet"
        " nichts.</p>",
        heading("Wer veröffentlichen darf"),
        paragraphs(get("who", "")) or f"<p>{said(answers, 'who')}</p>",
        heading("Was wir nicht veröffentlichen"),
        paragraphs(get("forbidden", "")) or f"<p>{said(answers, 'forbidden')}</p>",
        heading("Was Anbieter zusagen"),
        bullets(
            "Die Angaben sind wahr, vollständig und aktuell.",
            "An Texten und Bildern bestehen die nötigen Rechte; abgebildete Personen haben zugestimmt.",
            "Zugangsdaten werden nicht weitergegeben.",
        ),
        paragraphs(get("licence", "")),
        heading("Was die Redaktion tut"),
        "<p>Menschen in der Redaktion prüfen Angebote, je nach Regel vor oder nach der Veröffentlichung. Sie können"
        " ein"
        " Angebot zurückgeben, ändern oder sperren, wenn es gegen diese Bedingungen verstößt, und nennen den Grund."
        " Angebote, die lange niemand bestätigt hat, werden nach mehreren Erinnerungen von selbst ausgeblendet; ein"
        " Klick"
        " holt sie zurück.</p>",
        heading("Wenn Sie nicht einverstanden sind"),
        f"<p>Schreiben Sie uns an {mail(answers)}. Ein Mensch sieht sich die Sache noch einmal"
        " an und antwortet Ihnen. Rechtswidrige Inhalte melden Sie über „Falsche Angaben melden“ beim Angebot oder an"
        " dieselbe Adresse.</p>",
        heading("Haftung"),
        "<p>Für die Angebote sind ihre Anbieter verantwortlich. Verträge kommen allein zwischen Ihnen und dem"
        " Anbieter"
        " zustande. Wir bemühen uns um richtige Angaben und haften nach den gesetzlichen Vorschriften.</p>",
        heading("Änderungen"),
        "<p>Ändern sich diese Bedingungen, informieren wir alle, die ein Konto haben, vorher.</p>",
    ]
    return "".join([*parts, paragraphs(get("more", ""))])


def _day(answers: Answers) -> str:
    written = answers.get("valid_from", "")
    if not written:
        return said(answers, "valid_from")
    with override("de"):
        return date_format(date.fromisoformat(written), "j. F Y")
