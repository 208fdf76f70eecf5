"""What the three towns of the demo report, wish for, answer and decide: written by hand, told by days before today.

`S`, `R` and `P` are Saarbrücken, Rheda-Wiedenbrück and Pirmasens; an empty author is the operator.
"""

from dataclasses import dataclass, field

S, R, P, OPERATOR = "saarbruecken", "rheda-wiedenbrueck", "pirmasens", ""
# Inhabitants, by which shares are reckoned.
INHABITANTS = {S: 326_638, R: 49_104, P: 40_231}
SHOWN_NAMES = {S: "Redaktion Saarbrücken", R: "Redaktion Rheda-Wiedenbrück", P: "Redaktion Pirmasens"}


@dataclass(frozen=True, slots=True)
class Said:
    """A comment: by whom, how many days ago, and whether only the reporting municipality and the operator read it."""

    by: str
    ago: int
    text: str
    internal: bool = False


@dataclass(frozen=True, slots=True)
class TicketSeed:
    """A ticket. `steps` are states with the days before today on which they came; `voices` are votes per town."""

    key: str
    kind: str
    by: str
    ago: int
    title: str
    happened: str
    expected: str
    steps: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    severity: str = ""
    concerned: tuple[str, ...] = ()
    voices: dict[str, int] = field(default_factory=dict)
    talk: tuple[Said, ...] = ()
    # Which version it comes or came with, in months from now.
    release: int | None = None
    merged_into: str = ""
    area: str = "other"
    page: str = ""
    by_provider: bool = False


TICKETS = (
    TicketSeed(
        "kalender", "wish", P, 86, "Termine aus dem Kalender des Anbieters übernehmen",
        "Vereine pflegen schon einen Kalender und tippen bei uns alles ein zweites Mal. Nach ein paar Monaten stimmt "
        "nur noch einer von beiden.",
        "Der Verein hinterlegt die Adresse seines Kalenders, und neue Termine stehen am nächsten Morgen im Portal.",
        steps=(("confirmed", 80), ("planned", 60), ("in_progress", 40), ("rolled_out", 12)),
        concerned=(S, R), voices={S: 4, R: 3, P: 5}, release=0,
        talk=(
            Said(S, 70, "Bei uns haben das 31 Vereine gefragt. Bitte auch Kalender mit wiederkehrenden Terminen."),
            Said(OPERATOR, 60, "Wiederkehrende Termine gehören dazu. Wir planen es für die Version 26.11."),
        ),
        area="providers",
    ),
    TicketSeed(
        "stunden", "wish", P, 74, "Wochenstunden je Stadtteil in der Auswertung",
        "Die Auswertung zählt Angebote. Ein Sprachcafé mit einer Stunde im Monat zählt so viel wie ein Kurs, der jeden "
        "Tag drei Stunden läuft. Für den Bildungsbericht mussten wir die Stunden von Hand zusammenrechnen.",
        "Wochenstunden je Stadtteil und Altersgruppe, als Tabelle und auf der Karte.",
        steps=(("confirmed", 69), ("planned", 45)),
        concerned=(S, R), voices={S: 4, R: 2, P: 3}, release=2,
        talk=(
            Said(S, 66, "Bitte auch nach Tageszeit. Bei uns fehlen nicht Kurse, sondern Kurse nach 17 Uhr."),
            Said(R, 20, "Offene Treffs ohne feste Zeiten sollten gesondert stehen, sonst fehlen sie in der Summe."),
            Said(P, 18, "Unser Anteil ist mit der Kämmerei abgestimmt, Kostenstelle Bildungsbüro.", internal=True),
        ),
        area="planning",
    ),
    TicketSeed(
        "umfang", "wish", R, 58, "Stundenumfang der Angebote auswerten",
        "Im Jugendhilfeausschuss wurde gefragt, wie viele Stunden Betreuung es am Nachmittag gibt. Wir "
        "konnten es nicht "
        "sagen.",
        "Eine Summe der Stunden je Altersgruppe.",
        concerned=(S,), voices={R: 1}, merged_into="stunden",
        talk=(Said(S, 55, "Ist das nicht dasselbe wie die Wochenstunden je Stadtteil?"),),
        area="planning",
    ),
    TicketSeed(
        "erinnern", "wish", R, 52, "Anbieter erinnern, bevor ein Angebot abläuft",
        "Viele merken erst, dass ihr Kurs nicht mehr zu finden ist, wenn niemand mehr anruft.",
        "Zwei Wochen vorher eine Mail mit einem Knopf „stimmt noch“, danach ein Hinweis an die Redaktion.",
        steps=(("confirmed", 47),), concerned=(P,), voices={S: 2, R: 4, P: 2},
        talk=(Said(P, 30, "Wir rufen zurzeit reihum an. Eine Mail würde uns einen Tag im Monat sparen."),),
        area="providers",
    ),
    TicketSeed(
        "leicht", "wish", S, 49, "Leichte Sprache schon an der Suche anbieten",
        "Im Menü findet sie kaum jemand, obwohl jede dritte Beratungsstelle danach fragt.",
        "Ein Schalter neben dem Suchfeld.",
        steps=(("confirmed", 41),), concerned=(R, P), voices={S: 5, R: 1, P: 1},
        area="search",
    ),
    TicketSeed(
        "plaetze", "wish", S, 33, "Freie Plätze am Angebot zeigen",
        "Eltern rufen an, obwohl der Kurs voll ist.",
        "Ein Feld „noch Plätze frei“, das der Anbieter mit einem Klick ändert.",
        concerned=(P,), voices={S: 1, P: 3},
        talk=(Said(R, 25, "Dann aber bitte mit Datum, sonst steht es in einem Jahr noch da."),),
        area="search",
    ),
    TicketSeed(
        "foerderung", "wish", P, 30, "Bildungspaket und Förderung am Angebot",
        "Ob ein Kurs über Bildung und Teilhabe bezahlt wird, entscheidet oft, ob jemand kommt.",
        "Ein Merkmal, nach dem man filtern kann, mit einem Satz, wo man den Antrag stellt.",
        steps=(("confirmed", 27), ("planned", 14)), concerned=(S, R), voices={S: 2, R: 2, P: 2}, release=2,
        area="search",
    ),
    TicketSeed(
        "merkliste", "wish", R, 64, "Merkliste drucken und mitgeben",
        "In der Beratung suchen wir gemeinsam fünf Angebote heraus, und dann schreibt die Familie alles ab.",
        "Die Merkliste als ein Blatt mit Telefonnummern und Wegen.",
        steps=(("confirmed", 61), ("planned", 50), ("in_progress", 9)), concerned=(S,), voices={S: 1, R: 3},
        release=1,
        area="search",
    ),
    TicketSeed(
        "umland", "wish", S, 22, "Angebote im Umland mitsuchen",
        "In Kleinblittersdorf liegt das nächste Angebot jenseits der Gemeindegrenze.",
        "Auf Wunsch auch Treffer aus der Nachbarkommune, deutlich gekennzeichnet.",
        voices={S: 2, P: 1}, talk=(Said(P, 15, "Für uns wäre das die Südwestpfalz. Wir fragen dort nach."),),
        area="search",
    ),
    TicketSeed(
        "chat", "wish", P, 44, "Chat für Fragen von Eltern",
        "Manche Eltern rufen nicht gern an.",
        "Ein Chatfenster, in dem die Redaktion antwortet.",
        steps=(("declined", 36),),
        reason="Ein Chat verspricht Antworten in Minuten, die kein Rathaus abends geben kann. Das Kontaktformular "
        "am Angebot bleibt der Weg; es lässt sich jetzt auch ohne E-Mail-Adresse nutzen.",
        voices={P: 1},
        area="search",
    ),
    TicketSeed(
        "drucken", "bug", S, 26, "Programmheft bricht im Druck mitten im Angebot um",
        "Im Heft für die Herbstferien steht der Titel unten auf Seite 4 und der Text oben auf Seite 5.",
        "Titel und Text bleiben zusammen.",
        steps=(("confirmed", 25), ("in_progress", 20), ("rolled_out", 12)), severity="normal", concerned=(R,),
        release=0,
        talk=(
            Said(OPERATOR, 25, "Bestätigt: Es trifft Angebote, deren Bild höher ist als eine halbe Seite."),
            Said(S, 11, "Heft neu gedruckt, passt jetzt. Danke!"),
        ),
        area="desk", page="/redaktion/drucksachen/",
    ),
    TicketSeed(
        "umlaut", "bug", R, 17, "Suche nach „Wiedenbrück“ findet „Wiedenbrueck“ nicht",
        "Ein Anbieter schreibt sich ohne Umlaut. Wer den Ort richtig schreibt, findet ihn nicht.",
        "Beide Schreibweisen finden dasselbe.",
        steps=(("confirmed", 16), ("in_progress", 6)), severity="serious", concerned=(P,), release=1,
        talk=(Said(R, 15, "Es geht um den Anbieter mit der Kundennummer 118, bitte dort nachsehen.", internal=True),),
        area="search", page="/angebote/?q=Wiedenbrück",
    ),
    TicketSeed(
        "karte", "bug", P, 8, "Karte bleibt auf dem Handy grau",
        "Auf einem älteren Telefon bleibt die Karte grau, die Liste daneben ist da.",
        "Die Karte erscheint, oder es steht da, warum nicht.",
        steps=(("confirmed", 7),), severity="serious", concerned=(S,),
        area="search", page="/angebote/karte/", by_provider=True,
    ),
    TicketSeed(
        "mail", "bug", S, 3, "Antworten aus dem Kontaktformular kommen doppelt an",
        "Zwei Anbieter melden, dass jede Nachricht zweimal ankommt, eine Minute nacheinander.",
        "Jede Nachricht einmal.",
        severity="normal",
        area="providers", page="/redaktion/meldungen/",
    ),
    TicketSeed(
        "farbe", "bug", P, 70, "Hellgelbe Stadtfarbe macht Knöpfe unlesbar",
        "Nach dem Wechsel der Farbe war die Schrift auf den Knöpfen kaum zu lesen.",
        "Die Schrift bleibt lesbar, welche Farbe wir auch nehmen.",
        steps=(("confirmed", 69), ("in_progress", 66), ("rolled_out", 41)), severity="minor", release=-1,
        area="look", page="/redaktion/aussehen/",
    ),
    TicketSeed(
        "export", "question", R, 38, "Wie bekommen wir unsere Angebote in den Familienwegweiser des Kreises?",
        "Der Kreis sammelt alle Angebote einmal im Jahr in einer Tabelle.",
        "Eine Datei, die wir weitergeben dürfen.",
        steps=(("confirmed", 37),),
        talk=(
            Said(OPERATOR, 37, "Unter „Angebote“ gibt es oben rechts die Tabelle. Die Spalten passen für den Kreis."),
            Said(P, 35, "Wir machen das jedes Jahr so, es klappt gut."),
        ),
        area="providers",
    ),
    TicketSeed(
        "rechte", "question", S, 12, "Darf eine Praktikantin Angebote prüfen?",
        "Sie soll vorprüfen, aber nichts freischalten.",
        "Eine Rolle dazwischen oder ein Rat, wie andere es lösen.",
        talk=(Said(R, 10, "Bei uns schreibt sie Notizen am Schreibtisch, freigeben tut die Redaktion."),),
        area="desk",
    ),
)  # fmt: skip

# A version is called by its month (from now), came so many days ago (negative: comes in so many), and asks editors for
# something.
RELEASES = (
    (-1, 41, ""),
    (0, 12, "Anbietern vom Kalender erzählen: Die Adresse hinterlegen sie im Konto unter „Kalender“."),
    (1, -16, ""),
    (2, -60, ""),
)

# Wishes with an estimate: euros, days ago, key, who takes part, and who of them has pledged.
PAID = (
    ("stunden", 4800, 30, "inhabitants", (S, P, R), (S, P)),
    ("merkliste", 900, 45, "equal", (R, S), (R, S)),
    ("foerderung", 2100, 10, "", (), ()),
)


@dataclass(frozen=True, slots=True)
class TopicSeed:
    """A topic with its answers."""

    by: str
    ago: int
    title: str
    text: str
    answers: tuple[Said, ...] = ()


TOPICS = (
    TopicSeed(
        P, 40, "Wie gewinnen Sie Anbieter, die noch nirgends stehen?",
        "Die großen Träger sind drin. Uns fehlen die kleinen: Chöre, Nachbarschaftshilfen, Moscheegemeinden. "
        "Auf Briefe antwortet kaum jemand.",
        (
            Said(S, 38, "Hingehen. Wir waren bei drei Vereinsversammlungen und haben die Angebote gleich am Laptop "
                        "eingetragen. Von 40 Vereinen sind 33 geblieben."),
            Said(R, 31, "Bei uns hilft das Ehrenamtsbüro: Wer dort einen Zuschuss beantragt, bekommt das Portal gleich "
                        "mit erklärt."),
            Said(P, 6, "Danke! Wir waren jetzt beim Stadtsportverband, 14 neue Anbieter an einem Abend."),
        ),
    ),
    TopicSeed(
        S, 19, "Wie oft schauen Sie, ob alte Angebote noch stimmen?",
        "Wir schaffen es zweimal im Jahr und merken, dass das zu selten ist.",
        (Said(R, 17, "Vor jeden Ferien nur das, was zu den Ferien gehört. Den Rest fragt das Portal selbst ab."),),
    ),
    TopicSeed(
        R, 5, "Wer hat schon Texte in Leichter Sprache prüfen lassen?",
        "Wir suchen eine Prüfgruppe in der Nähe und eine Hausnummer, was das kostet.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExampleSeed:
    """A good example with texts and files (name and content) to take over."""

    by: str
    ago: int
    title: str
    text: str
    advice: str = ""
    blocks: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    used_by: tuple[str, ...] = ()


EXAMPLES = (
    ExampleSeed(
        S, 47, "Ein Abend im Vereinsheim statt fünf Briefen",
        "Wir laden uns zur Jahresversammlung ein, bringen zwei Laptops mit und tragen die Angebote gemeinsam ein.\n\n"
        "An einem Abend kommen im Schnitt elf Vereine ins Portal. Drei Wochen später rufen wir einmal an.",
        "Vorher klären, ob es im Vereinsheim Netz gibt. Beim ersten Mal saßen wir ohne da.",
        blocks=(
            ("Einladung an den Vorstand",
             "Sehr geehrte Damen und Herren,\n\nIhre Angebote sollen gefunden werden. Wir kommen zu Ihrer nächsten "
             "Versammlung und tragen sie gemeinsam mit Ihnen in unser Portal ein. Das dauert eine halbe Stunde und "
             "kostet nichts.\n\nWann passt es Ihnen?"),
            ("Nachfrage nach drei Wochen",
             "Guten Tag,\n\nvor drei Wochen haben wir Ihre Angebote eingetragen. Hat sich schon jemand gemeldet? "
             "Stimmen die Zeiten noch? Eine kurze Antwort genügt."),
        ),
        files=(("ablauf-vereinsabend.txt",
                "Ablauf\n19:00 Begrüßung\n19:10 Das Portal in drei Minuten\n19:15 Eintragen an zwei Laptops\n"
                "20:15 Gemeinsam suchen, was eingetragen wurde\n"),
               ("checkliste-vereinsabend.csv",
                "Was;Wer;Bis wann\nRaum und Netz erfragen;Redaktion;2 Wochen vorher\n"
                "Einladung an den Vorstand;Redaktion;4 Wochen vorher\nLaptops laden;Verein;am Tag\n")),
        used_by=(P,),
    ),
    ExampleSeed(
        R, 28, "Ferienprogramm in zwei Wochen statt in zwei Monaten",
        "Alle Anbieter tragen bis zu einem festen Tag ein. Wir prüfen mit den Tasten eines nach dem anderen "
        "und drucken "
        "das Heft aus dem Portal.",
        blocks=(
            ("Aufruf an die Anbieter",
             "Bis zum {Tag} tragen Sie bitte Ihre Angebote für die {Ferien} ein. Was danach kommt, steht im "
             "Portal, aber "
             "nicht mehr im gedruckten Heft."),
        ),
        used_by=(S, P),
    ),
    ExampleSeed(
        P, 9, "Antwort auf „Warum soll ich mich eintragen?“",
        "Die Frage kommt in jedem Gespräch. Wir haben aufgeschrieben, was am besten zieht: Zahlen aus der "
        "eigenen Stadt.",
        blocks=(
            ("Kurze Antwort",
             "Im letzten Jahr wurde bei uns 18.000-mal nach Angeboten gesucht. Wer eingetragen ist, wird dabei "
             "gefunden. "
             "Sie ändern alles selbst, und es kostet nichts."),
        ),
    ),
)  # fmt: skip

# Whom one may call: town, name, what about, address, telephone.
CONTACTS = (
    (S, "Robin Redlich", "Vereine gewinnen, Programmhefte", "redaktion@saarbruecken.example", "0681 506 1234"),
    (R, "Robin Redlich", "Ferienprogramme, Ehrenamt", "redaktion@rheda-wiedenbrueck.example", ""),
    (P, "Andrea Amtmann", "Einstieg für kleine Redaktionen", "admin@pirmasens.example", "06331 84 2345"),
)


@dataclass(frozen=True, slots=True)
class PollSeed:
    """A poll. `closes` in so many days from today (negative: it is over); dates likewise, each with its answers."""

    title: str
    text: str
    made: int
    closes: int
    dates: tuple[tuple[int, str, dict[str, str]], ...]
    questions: tuple[tuple[str, bool, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    items: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    outcome: str = ""
    meeting: int | None = None


POLLS = (
    PollSeed(
        "Treffen der Kommunen im Frühjahr",
        "Einmal im Jahr treffen wir uns: was gut lief, was fehlt, wofür wir gemeinsam Geld ausgeben. Bitte nennen Sie "
        "Punkte, sagen Sie, wann Sie können, und wählen Sie, wie wir uns treffen.",
        made=14, closes=21,
        dates=(
            (95, "Saarbrücken, Schloss", {S: "yes", R: "maybe"}),
            (102, "online", {S: "yes", R: "yes"}),
            (109, "Pirmasens, Rheinberger", {S: "no", R: "yes"}),
        ),
        questions=(
            ("Wie treffen wir uns?", False, (("vor Ort", (S,)), ("online", (R,)), ("beides zugleich", ()))),
            ("Worüber sollen Gäste berichten?", True,
             (("Leichte Sprache", (S, R)), ("Ehrenamt gewinnen", (R,)), ("Zahlen für den Rat", (S,)))),
        ),
        items=(
            (S, "Förderung am Angebot gemeinsam bezahlen", "Die Schätzung liegt vor, die Zusagen fehlen.", (R,)),
            (R, "Ein gemeinsames Heft für die Sommerferien", "", (S,)),
        ),
    ),
    PollSeed(
        "Treffen der Kommunen im letzten Jahr",
        "Die erste Runde: Wie wollen wir zusammenarbeiten?",
        made=330, closes=-290,
        dates=((-280, "online", {S: "yes", R: "yes", P: "yes"}), (-273, "online", {S: "maybe", R: "no", P: "yes"})),
        questions=(
            ("Wie beauftragen wir Neues?", False,
             (("jede Kommune allein", ()), ("gemeinsam über die Plattform", (S, R, P)), ("über einen Verein", ()))),
        ),
        items=((P, "Fehler an einer Stelle melden", "", (S, R)),),
        outcome="Alle drei Kommunen waren da. Beschlossen: Fehler und Wünsche stehen an einer Stelle, Neues bezahlen "
        "wir gemeinsam, und einmal im Jahr sehen wir uns.",
        meeting=0,
    ),
)  # fmt: skip
