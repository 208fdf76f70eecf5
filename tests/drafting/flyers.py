"""Twenty flyers that were looked at while the reading was written; how all forty are described."""

from datetime import date

from tests.drafting.drawing import Flyer

# The day on which they are read.
TODAY = date(2026, 11, 28)


def once(day: str, begins: str | None = None, ends: str | None = None, last: str | None = None):
    return (day, last, begins, ends, "")


def weekly(
    days: str, begins: str | None, ends: str | None = None, first: str = "2026-11-28", until: str = "", every: int = 1
):
    interval = f";INTERVAL={every}" if every > 1 else ""
    return (first, None, begins, ends, f"FREQ=WEEKLY{interval};BYDAY={days}" + (f";UNTIL={until}" if until else ""))


def monthly(day: str, begins: str | None, ends: str | None = None):
    return ("2026-11-28", None, begins, ends, f"FREQ=MONTHLY;BYDAY={day}")


TUNING = (
    Flyer(
        "Krabbelgruppe",
        (
            "Jeden Dienstag 16–17 Uhr",
            "Für Kinder von 0 bis 3 Jahren",
            "Familienzentrum Mitte, Schulstraße 12, 66115 Saarbrücken",
            "Kostenlos, einfach vorbeikommen",
        ),
        (weekly("TU", "16:00", "17:00"),),
        "band",
        "lato",
        above="Familienzentrum Mitte",
    ),
    Flyer(
        "Weihnachtskonzert",
        (
            "Sonntag, 20. Dezember 2026",
            "Einlass 16 Uhr · Beginn 17 Uhr",
            "Kirche St. Johann",
            "Eintritt: 12 €, ermäßigt 8 €",
        ),
        (once("2026-12-20", "17:00"),),
        "dark",
        "serif",
    ),
    Flyer(
        "Kinderflohmarkt",
        (
            "So, 14.03.2027 10.00 - 14.00 Uhr",
            "Turnhalle der Grundschule Am Ring",
            "Ringstraße 5, 33378 Rheda-Wiedenbrück",
            "Standgebühr: 8 Euro",
            "Anmeldung bis 1.3.2027 unter 05242 98765",
        ),
        (once("2027-03-14", "10:00", "14:00"),),
        "boxed",
        "arial",
    ),
    Flyer(
        "Yoga für Anfänger",
        (
            "Kurs vom 12. Januar bis 23. März 2027",
            "dienstags 18:00 – 19:30 Uhr",
            "VHS, Raum 204, Markt 8, 66953 Pirmasens",
            "Gebühr: 85 €",
            "Anmeldung: info@vhs-pirmasens.example",
            "Leitung: Petra Schäfer",
        ),
        (weekly("TU", "18:00", "19:30", "2027-01-12", "20270323"),),
        "columns",
        "lato",
    ),
    Flyer(
        "Repair-Café",
        (
            "Jeden ersten Samstag im Monat",
            "10 – 13 Uhr",
            "Werkstatt am Bach, Mühlenweg 2",
            "Kaputte Geräte mitbringen!",
            "Spenden willkommen",
        ),
        (monthly("1SA", "10:00", "13:00"),),
        "labelled",
        "sans",
    ),
    Flyer(
        "Nähkurs für Einsteigerinnen",
        (
            "12., 19. und 26. Februar 2027",
            "jeweils 17 bis 20 Uhr",
            "Haus der Begegnung, Gartenstr. 14",
            "Kosten: 45,00 €",
            "Kontakt: Sabine Weber, Tel. 0681 445566",
        ),
        (
            once("2027-02-12", "17:00", "20:00"),
            once("2027-02-19", "17:00", "20:00"),
            once("2027-02-26", "17:00", "20:00"),
        ),
        "boxed",
        "lato",
    ),
    Flyer(
        "Ferienwerkstatt Holz",
        (
            "29. März bis 2. April 2027",
            "täglich von 9 bis 15 Uhr",
            "Jugendzentrum Süd, Hafenstraße 21",
            "Für Kinder von 8 bis 12 Jahren",
            "Teilnahme: 60 Euro inklusive Mittagessen",
        ),
        (once("2027-03-29", "09:00", "15:00", "2027-04-02"),),
        "pictured",
        "sans",
    ),
    Flyer(
        "Flohmarkt rund ums Kind",
        (
            "Samstag, 13. Februar 2027",
            "9–13 Uhr",
            "Mehrzweckhalle, Am Sportplatz 1",
            "Veranstalter: Elternbeirat Kita Sonnenschein",
        ),
        (once("2027-02-13", "09:00", "13:00"),),
        "centred",
        "sans",
        "tilted",
    ),
    Flyer(
        "KINDERTANZ",
        ("JEDEN DONNERSTAG", "15:30 - 16:30 UHR", "TANZSTUDIO WEST, BAHNHOFSTRASSE 77", "MONATLICH 25 €"),
        (weekly("TH", "15:30", "16:30"),),
        "bottom",
        "narrow",
    ),
    Flyer(
        "Deutsch-Treff für Frauen",
        (
            "Montag bis Donnerstag",
            "9.00 bis 11.30 Uhr",
            "Treffpunkt Weststadt, Allee 40",
            "Kostenfrei, mit Kinderbetreuung",
        ),
        (weekly("MO,TU,WE,TH", "09:00", "11:30"),),
        "columns",
        "sans",
        asks=True,
    ),
    Flyer(
        "Herbstwanderung",
        ("Sonntag, 3. Oktober", "Start: 9 Uhr am Bahnhof", "Strecke: 14 km", "Teilnahme kostenlos"),
        (once("2027-10-03", "09:00"),),
        "labelled",
        "book",
        asks=True,
    ),
    Flyer(
        "Blutspende",
        (
            "Mittwoch, 16. Dezember 2026",
            "15.30–19.30 Uhr",
            "Stadthalle, Rathausplatz 1, 66953 Pirmasens",
            "Bitte Ausweis mitbringen",
        ),
        (once("2026-12-16", "15:30", "19:30"),),
        "dark",
        "arial",
        "slanted",
    ),
    Flyer(
        "Neujahrsempfang",
        (
            "Freitag, 8. Januar 2027, 18 Uhr",
            "Festhalle Pirmasens, Volksgartenstraße 12",
            "Für alle Bürgerinnen und Bürger",
        ),
        (once("2027-01-08", "18:00"),),
        "dark",
        "book",
    ),
    Flyer(
        "Erste Hilfe am Kind",
        (
            "Samstag 30. Januar 2027 9:00-16:30 Uhr",
            "DRK-Haus, Lange Str. 6, 33378 Rheda-Wiedenbrück",
            "Teilnahmegebühr 55 Euro",
            "Anmeldeschluss: 15. Januar 2027",
        ),
        (once("2027-01-30", "09:00", "16:30"),),
        "letter",
        "times",
        above="Deutsches Rotes Kreuz, Ortsverein",
    ),
    Flyer(
        "Tanztee am Nachmittag",
        (
            "Mittwoch, 10. Februar 2027",
            "Beginn 15 Uhr, Ende 18 Uhr",
            "Saal der Arbeiterwohlfahrt, Friedrichstr. 20",
            "Eintritt 5 €",
        ),
        (once("2027-02-10", "15:00", "18:00"),),
        "centred",
        "slanted",
    ),
    Flyer(
        "Basar der Möglichkeiten",
        (
            "Samstag und Sonntag, 5. und 6. Juni 2027",
            "jeweils 11 bis 18 Uhr",
            "Alte Schmelz, Industriestraße 1",
            "Tageskarte 6 €",
        ),
        (once("2027-06-05", "11:00", "18:00"), once("2027-06-06", "11:00", "18:00")),
        "band",
        "sans",
    ),
    Flyer(
        "Puppentheater Kasper und der Drache",
        ("So., 21.02.2027, 11.00 und 15.00 Uhr", "Stadttheater, Kleine Bühne", "Kinder 4 €, Erwachsene 6 €"),
        (once("2027-02-21", "11:00"), once("2027-02-21", "15:00")),
        "boxed",
        "serif",
    ),
    Flyer(
        "Bewerbungstraining",
        (
            "Donnerstag, 25. Februar 2027",
            "13 – 16 Uhr",
            "Jobcenter, Hafenstraße 18, Raum 3.07",
            "Bitte Lebenslauf mitbringen",
        ),
        (once("2027-02-25", "13:00", "16:00"),),
        "centred",
        "arial",
        "tilted",
    ),
    Flyer(
        "Literaturkreis",
        ("14-tägig mittwochs 19.00 Uhr, ab 13.01.2027", "Buchhandlung Seitenblick", "Wir lesen gemeinsam."),
        (weekly("WE", "19:00", first="2027-01-13", every=2),),
        "letter",
        "book",
    ),
    Flyer(
        "Gesprächskreis Pflegende Angehörige",
        ("Dienstag, 19. Januar", "17.30 Uhr", "Pflegestützpunkt, Bismarckstr. 9", "Eintritt frei"),
        (once("2027-01-19", "17:30"),),
        "centred",
        "serif",
        asks=True,
    ),
)
