"""All rules of a municipality: which page each stands on, what it is about, and by which words it is found."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.preferences.periods import PERIODS
from portal.preferences.rule import ADDRESS, ADMINS, Rule, Subject

__all__ = [
    "ADDRESS",
    "BY_SLUG",
    "OWN",
    "PERIODS",
    "RULES",
    "SUBJECTS",
    "Rule",
    "Subject",
    "subjects_of",
]

NAMES = Subject(
    "namen",
    _("Names of things"),
    _("What do offers, providers and districts go by here? The words stand all over the portal."),
    (
        Rule(
            "offers",
            ("offer_name", "offers_name"),
            _("What is an offer called?"),
            _("The first word where there is one, the second where there are several."),
            "Angebot, Kurs, Veranstaltung, Bezeichnung, Name, umbenennen",
        ),
        Rule(
            "providers",
            ("provider_name", "providers_name"),
            _("What is a provider called?"),
            _("The first word where there is one, the second where there are several."),
            "Anbieter, Verein, Träger, Organisation, Bezeichnung",
        ),
        Rule(
            "districts",
            ("district_name", "districts_name", "whole_area_name"),
            _("What is a district called?"),
            _("The third word stands where something takes place everywhere."),
            "Ortsteil, Stadtteil, Bezirk, Gemeinde, Stadtgebiet, Bezeichnung",
        ),
    ),
    icon="edit",
    words="Wörter, Begriffe, Bezeichnungen",
)
PLACES = Subject(
    "orte",
    _("Places and radius"),
    _("How do residents narrow the search to what is near?"),
    (
        Rule(
            "place_mode",
            ("place_mode",),
            _("How do residents choose where?"),
            _("Districts suit a town, a radius suits a county."),
            "Umkreis, PLZ, Postleitzahl, Ortsteilmodus, Ortssuche",
        ),
        Rule(
            "radius",
            ("usual_radius", "radius_steps"),
            _("Which distances can be chosen?"),
            _("Whoever names a place without a distance gets the usual one."),
            "Radius, Entfernung, Kilometer, km, Umkreis, Nähe",
        ),
        Rule(
            "no_address",
            ("offers_without_address",),
            _("May an offer be without an address?"),
            _("For example advice by telephone, or something that takes place all over the town."),
            "Adresse, ortlos, online, ohne Ort",
        ),
        Rule(
            "centre",
            ("latitude", "longitude"),
            _("Where is the middle of the map?"),
            _("Here the map begins, and places of the same name are looked for from here."),
            "Karte, Mittelpunkt, Kartenmitte, Koordinaten, Stecknadel, Zentrum",
        ),
        Rule(
            "state",
            ("federal_state",),
            _("Whose holidays count?"),
            _("For offers that pause on public holidays or in the school holidays."),
            "Bundesland, Feiertage, Ferien, Schulferien, Land",
        ),
    ),
    icon="pin",
    words="Karte, Ort, Lage",
)
APPROVAL = Subject(
    "freigabe",
    _("Approval"),
    _("What do you see before it is public? The more you check, the longer people wait who offer something."),
    (
        Rule(
            "approval",
            ("approval",),
            _("What needs your approval?"),
            _("Holds for all providers that you do not trust."),
            "Freigabe, Freischaltung, genehmigen, prüfen, Moderation, Änderungen",
        ),
        Rule(
            "trusted",
            ("trusted_exempt",),
            _("May trusted providers publish without approval?"),
            _("Who is one, you decide on the provider."),
            "Vertrauen, vertrauenswürdig, Ausnahme, ohne Prüfung",
        ),
    ),
    icon="check",
    words="Freischaltung, Kontrolle",
)
SEARCH = Subject(
    "suche",
    _("Search and filters"),
    _("What do residents see first, and by what can they filter?"),
    (
        Rule(
            "start_sort",
            ("start_sort",),
            _("How does the search begin?"),
            _("As long as nobody has typed words; then the best match comes first."),
            "Reihenfolge, Sortierung, sortieren, Start",
        ),
        Rule(
            "page_size",
            ("page_size",),
            _("How many results on a page?"),
            _("More results mean a longer way on telephones."),
            "Anzahl, Treffer, Seite, blättern",
        ),
        Rule(
            "filters",
            ("search_filters",),
            _("Which groups of filters are there, in which order?"),
            _("What is switched off stays in links that somebody has kept, and shows there."),
            "Filter, Filtergruppen, anzeigen, ausblenden, Reihenfolge",
        ),
        Rule(
            "flags",
            ("search_flags",),
            _("Which filters stand under “What matters to you”?"),
            "",
            "kostenfrei, barrierefrei, online, Engagement, Ehrenamt, Filter",
        ),
    ),
    icon="search",
    words="Suche, Suchergebnis",
)
CONTACT = Subject(
    "kontakt",
    _("Contact"),
    _("How do residents reach you, and where do the portal's mails go?"),
    (
        Rule(
            "contact_by_form",
            ("contact_by_form",),
            _("Is there a contact form?"),
            _("Without it the page shows your address and telephone number."),
            "Kontaktformular, Kontakt, Nachricht, schreiben, Formular",
        ),
        Rule(
            "mail_receiver",
            ("mail_receiver",),
            _("Who gets the mails to the editors?"),
            _("Empty: the portal's address, and without one everybody who edits."),
            "E-Mail, Empfänger, Redaktionsadresse, Postfach, Benachrichtigung",
        ),
        Rule(
            "mail_reply_to",
            ("mail_reply_to",),
            _("Where do answers to the portal's mails go?"),
            _("Empty: they reach nobody, and the mails say where to write."),
            "Antwortadresse, Reply-To, antworten, Absender",
        ),
        Rule(
            "mail_sender",
            ("mail_sender_name", "mail_from"),
            _("Who are the portal's mails from?"),
            _(
                "The name stands in the mailbox of whoever gets a mail. The address stays the platform's, unless its "
                "operator has admitted yours: other mail servers take for forged what comes from a server that your "
                "domain does not name."
            ),
            "Absender, Absendername, From, SPF, DMARC, DKIM, Spam, Mailadresse",
        ),
    ),
    icon="mail",
    words="Kontakt, Mail",
)
ENGINES = Subject(
    "suchmaschinen",
    _("Search engines"),
    _("Who may read the portal to list it elsewhere?"),
    (
        Rule(
            "search_engines",
            ("search_engines",),
            _("May search engines list the portal?"),
            _("Switch it off while you build the portal. Personal pages are never listed."),
            "Google, Suchmaschine, robots.txt, noindex, Index, finden",
        ),
        Rule(
            "ai_crawlers",
            ("ai_crawlers",),
            _("May AI crawlers read the portal?"),
            _("They collect texts to train language models. Decent ones keep to it; nobody can force the others."),
            "KI, künstliche Intelligenz, ChatGPT, GPTBot, Training, robots.txt, Crawler",
        ),
        Rule(
            "data_licence",
            ("data_licence",),
            _("Under which licence may others use the data?"),
            _(
                "It stands on the page “Open data” and in every answer of the interface. It holds for texts, dates and "
                "places, not for pictures. Make sure that you may grant it: your providers agree to it with your terms "
                "of use."
            ),
            "Lizenz, offene Daten, Open Data, Schnittstelle, API, Nachnutzung, CC BY, Datenlizenz Deutschland",
        ),
    ),
    icon="web",
    words="robots, Crawler",
)
EMBEDDING = Subject(
    "einbetten",
    _("On other websites"),
    _("Which websites may show the search, a calendar or an offer inside their own pages?"),
    (
        Rule(
            "embed_hosts",
            ("embed_hosts",),
            _("Which websites may show the portal in a frame?"),
            _("One a line, for example www.stadt.de, or *.stadt.de for all below it. Nobody else may. Under “Embed” "
              "you put together what is shown there."),
            "einbetten, iframe, Rahmen, Website, Homepage, Widget, frame-ancestors",
        ),
    ),
    icon="external",
    words="Einbetten, iframe, Widget, Homepage",
)  # fmt: skip
RETENTION = Subject(
    "aufbewahrung",
    _("Retention"),
    _("How long is kept what nobody needs any more?"),
    (
        Rule(
            "figures",
            ("figures_months",),
            _("How long are figures of use kept?"),
            _("How often offers were opened and what was searched for. They name nobody."),
            "Statistik, Zahlen, Aufrufe, Auswertung, löschen, Datenschutz, Aufbewahrung",
        ),
        Rule(
            "mail_log",
            ("mail_log_days",),
            _("How long is the log of mails kept?"),
            _(
                "Who got which mail and whether it arrived, with its text. Messages of residents lose their text as "
                "soon as they are passed on."
            ),
            "Mails, E-Mail, Protokoll, Versand, Zustellung, löschen, Aufbewahrung",
        ),
    ),
    icon="chart",
    words="Datenschutz, Löschfristen, DSGVO, Versandprotokoll",
    fixed=(
        _("What is put into the bin is deleted after 30 days."),
        _("Messages of residents lose name, address and text half a year after they are closed."),
        _("Who changed what stays in the log."),
    ),
)
SIGNING_IN = Subject(
    "anmeldung",
    _("Signing in and security"),
    _("Who needs a second factor, and which terms of use providers agree to."),
    (
        Rule(
            "second_factor",
            ("second_factor",),
            _("Who must have a second factor?"),
            _("Besides the password, a code of an app or a passkey. Who must have one and has none sets it up at the "
              "next click, before anything else."),
            "zweiter Faktor, 2FA, Passkey, Zwei-Faktor",
        ),
        Rule(
            "support_consent",
            ("support_consent",),
            _("Does support need your consent before it comes in?"),
            _("People of the platform's operator come in only with a reason and for four hours at most, and each time "
              "the administration gets a mail at the beginning and at the end. People, passwords and these rules stay "
              "closed to them. “Support access” in the menu shows each time."),
            "Support, Hilfe, Zugang, Betreiber, Zustimmung, Einwilligung",
        ),
    ),
    roles=ADMINS,
    icon="safety",
    words="Nutzungsbedingungen, Sicherheit, Passwort, AGB",
)  # fmt: skip
REGISTRATION = Subject(
    "registrierung",
    _("Registration"),
    _("Whether organisations may register by themselves."),
    (
        Rule(
            "registration",
            ("registration_open",),
            _("May organisations register by themselves?"),
            "",
            "Registrierung, Selbstanmeldung, Einladung, offen",
        ),
    ),
    icon="building",
    elsewhere=f"{ADDRESS}registrierung/",
    words="Konto anlegen, öffnen, schließen",
)
SERVICE = Subject(
    "anmeldedienst",
    _("Sign-in service"),
    _("Signing in with the account of the town hall."),
    roles=ADMINS,
    icon="sign-in",
    elsewhere=f"{ADDRESS}anmeldedienst/",
    words="OpenID, OIDC, Single Sign-on, SSO, Rathauskonto",
)
LANGUAGES = Subject(
    "sprachen",
    _("Languages"),
    _("Which languages the portal speaks, and who translates its content."),
    icon="language",
    elsewhere="/redaktion/sprachen/",
    words="Übersetzung, DeepL, Englisch, Arabisch, Google Translate",
)

DETAILS = Subject(
    "angebotsfelder",
    _("Details of offers"),
    _("Own details with their questions, and which of the usual ones are asked."),
    icon="list",
    elsewhere=f"{ADDRESS}angebotsfelder/",
    words="Zusatzfelder, eigene Felder, Merkmale, Formular, optionale Felder, ausblenden",
)
DESK = Subject(
    "schreibtisch",
    _("Desk"),
    _("After how many days something has waited too long, keys, and the weekly mail."),
    icon="list",
    elsewhere=f"{ADDRESS}schreibtisch/",
    words="Ziel, Tage, Tastatur, Tastenkürzel, Wochenmail",
)

OWN = (NAMES, PLACES, APPROVAL, PERIODS, SEARCH, SIGNING_IN, CONTACT, ENGINES, EMBEDDING,
       RETENTION)  # fmt: skip
SUBJECTS = (NAMES, PLACES, DETAILS, APPROVAL, PERIODS, SEARCH, REGISTRATION, SIGNING_IN, SERVICE, LANGUAGES, CONTACT,
            ENGINES, EMBEDDING, RETENTION, DESK)  # fmt: skip
BY_SLUG = {each.slug: each for each in SUBJECTS}
RULES: dict[str, Rule] = {rule.key: rule for each in SUBJECTS for rule in each.rules}


def subjects_of(roles: Any) -> list[Subject]:
    """The pages somebody with these roles may open, in their order."""
    held = frozenset(roles)
    return [each for each in SUBJECTS if each.roles & held]
