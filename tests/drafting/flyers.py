"""Forty flyers: the first twenty were looked at while the reading was written, the others were drawn afterwards."""

from datetime import date

from tests.drafting.drawing import Flyer

# The day on which they are read.
TODAY = date(2026, 11, 28)


def once(day: str, begins: str | None = None, ends: str | None = None, last: str | None = None):
    return (day, last, begins, ends, "")


def weekly(days: str, begins: str | None, ends: str | None = None, first: str = "2026-11-28", until: str = "", every: int = 1):
    interval = f";INTERVAL={every}" if every > 1 else ""
    return (first, None, begins, ends, f"FREQ=WEEKLY{interval};BYDAY={days}" + (f";UNTIL={until}" if until else ""))


def monthly(day: str, begins: str | None, ends: str | None = None):
    return ("2026-11-28", None, begins, ends, f"FREQ=MONTHLY;BYDAY={day}")


TUNING = (
    Flyer("Sommerfest im Stadtpark", ("Samstag, 12. Juni 2027", "14 bis 22 Uhr", "Stadtpark, Parkweg 3, 66111 Saarbrücken", "Eintritt frei", "Info: 0681 123456"), (once("2027-06-12", "14:00", "22:00"),)),
    Flyer("Krabbelgruppe", ("Jeden Dienstag 16–17 Uhr", "Für Kinder von 0 bis 3 Jahren", "Familienzentrum Mitte, Schulstraße 12, 66115 Saarbrücken", "Kostenlos, einfach vorbeikommen"), (weekly("TU", "16:00", "17:00"),), "band", "lato", above="Familienzentrum Mitte"),
    Flyer("Weihnachtskonzert", ("Sonntag, 20. Dezember 2026", "Einlass 16 Uhr · Beginn 17 Uhr", "Kirche St. Johann", "Eintritt: 12 €, ermäßigt 8 €"), (once("2026-12-20", "17:00"),), "dark", "serif"),
    Flyer("Kinderflohmarkt", ("So, 14.03.2027 10.00 - 14.00 Uhr", "Turnhalle der Grundschule Am Ring", "Ringstraße 5, 33378 Rheda-Wiedenbrück", "Standgebühr: 8 Euro", "Anmeldung bis 1.3.2027 unter 05242 98765"), (once("2027-03-14", "10:00", "14:00"),), "boxed", "arial"),
    Flyer("Yoga für Anfänger", ("Kurs vom 12. Januar bis 23. März 2027", "dienstags 18:00 – 19:30 Uhr", "VHS, Raum 204, Markt 8, 66953 Pirmasens", "Gebühr: 85 €", "Anmeldung: info@vhs-pirmasens.example", "Leitung: Petra Schäfer"), (weekly("TU", "18:00", "19:30", "2027-01-12", "20270323"),), "columns", "lato"),
    Flyer("Repair-Café", ("Jeden ersten Samstag im Monat", "10 – 13 Uhr", "Werkstatt am Bach, Mühlenweg 2", "Kaputte Geräte mitbringen!", "Spenden willkommen"), (monthly("1SA", "10:00", "13:00"),), "labelled", "sans"),
    Flyer("Vortrag: Rente verständlich", ("Donnerstag, 4. Februar 2027 um 18.30 Uhr", "Stadtbibliothek, Kaiserstraße 1", "Der Eintritt ist frei.", "Bitte anmelden bis 28. Januar 2027"), (once("2027-02-04", "18:30"),), "centred", "times"),
    Flyer("Nähkurs für Einsteigerinnen", ("12., 19. und 26. Februar 2027", "jeweils 17 bis 20 Uhr", "Haus der Begegnung, Gartenstr. 14", "Kosten: 45,00 €", "Kontakt: Sabine Weber, Tel. 0681 445566"), (once("2027-02-12", "17:00", "20:00"), once("2027-02-19", "17:00", "20:00"), once("2027-02-26", "17:00", "20:00")), "boxed", "lato"),
    Flyer("Ferienwerkstatt Holz", ("29. März bis 2. April 2027", "täglich von 9 bis 15 Uhr", "Jugendzentrum Süd, Hafenstraße 21", "Für Kinder von 8 bis 12 Jahren", "Teilnahme: 60 Euro inklusive Mittagessen"), (once("2027-03-29", "09:00", "15:00", "2027-04-02"),), "pictured", "sans"),
    Flyer("Seniorencafé", ("mittwochs und freitags", "14.30 – 17.00 Uhr", "Gemeindehaus, Kirchplatz 4", "Kaffee und Kuchen: 3 €"), (weekly("WE,FR", "14:30", "17:00"),), "centred", "slanted"),
    Flyer("Flohmarkt rund ums Kind", ("Samstag, 13. Februar 2027", "9–13 Uhr", "Mehrzweckhalle, Am Sportplatz 1", "Veranstalter: Elternbeirat Kita Sonnenschein"), (once("2027-02-13", "09:00", "13:00"),), "centred", "sans", "tilted"),
    Flyer("Offener Chor", ("Jeden Montag, 19.30 bis 21 Uhr", "Aula des Gymnasiums", "Neue Stimmen sind willkommen", "Kontakt: chor@singen.example"), (weekly("MO", "19:30", "21:00"),), "band", "serif", "tilted"),
    Flyer("Lesung mit Musik", ("Freitag, 22. Januar 2027", "20 Uhr", "Buchladen am Markt", "Karten: 10 €, Abendkasse 12 €"), (once("2027-01-22", "20:00"),), "dark", "light"),
    Flyer("KINDERTANZ", ("JEDEN DONNERSTAG", "15:30 - 16:30 UHR", "TANZSTUDIO WEST, BAHNHOFSTRASSE 77", "MONATLICH 25 €"), (weekly("TH", "15:30", "16:30"),), "bottom", "narrow"),
    Flyer("Tag der offenen Tür", ("Sa. 20.02.2027 | 10–16 Uhr", "Feuerwehr Rheda, Wache Nord", "Vorführungen, Hüpfburg, Bratwurst", "Eintritt frei"), (once("2027-02-20", "10:00", "16:00"),), "band", "arial"),
    Flyer("Deutsch-Treff für Frauen", ("Montag bis Donnerstag", "9.00 bis 11.30 Uhr", "Treffpunkt Weststadt, Allee 40", "Kostenfrei, mit Kinderbetreuung"), (weekly("MO,TU,WE,TH", "09:00", "11:30"),), "columns", "sans", asks=True),
    Flyer("Herbstwanderung", ("Sonntag, 3. Oktober", "Start: 9 Uhr am Bahnhof", "Strecke: 14 km", "Teilnahme kostenlos"), (once("2027-10-03", "09:00"),), "labelled", "book", asks=True),
    Flyer("Blutspende", ("Mittwoch, 16. Dezember 2026", "15.30–19.30 Uhr", "Stadthalle, Rathausplatz 1, 66953 Pirmasens", "Bitte Ausweis mitbringen"), (once("2026-12-16", "15:30", "19:30"),), "dark", "arial", "slanted"),
    Flyer("Töpfern für Groß und Klein", ("Alle 14 Tage samstags, 14–16 Uhr", "ab 9. Januar 2027", "Kreativhaus, Lindenstraße 9", "8 Euro pro Termin"), (weekly("SA", "14:00", "16:00", "2027-01-09", every=2),), "boxed", "sans"),
    Flyer("Theater: Der kleine Prinz", ("Fr 12.02.2027, 19 Uhr", "So 14.02.2027, 15 Uhr", "Theater am Ring, Ringstr. 10", "Eintritt 9 €"), (once("2027-02-12", "19:00"), once("2027-02-14", "15:00")), "pictured", "serif"),
)  # fmt: skip

HELD_OUT = (
    Flyer("Adventsbasteln für Familien", ("Sonntag, 6. Dezember 2026", "von 14 bis 17 Uhr", "Bürgerhaus Dudweiler, Am Markt 115, 66125 Saarbrücken", "Material: 4 € pro Kind", "Fragen? Tel. 06897 77812"), (once("2026-12-06", "14:00", "17:00"),), "corner", "sans"),
    Flyer("Sprechstunde Energieberatung", ("Wann: dienstags 16.00–18.00 Uhr", "Wo: Rathaus, Zimmer 12", "Kosten: keine", "Anmeldung: 05242 963-0"), (weekly("TU", "16:00", "18:00"),), "labelled", "lato"),
    Flyer("Neujahrsempfang", ("Freitag, 8. Januar 2027, 18 Uhr", "Festhalle Pirmasens, Volksgartenstraße 12", "Für alle Bürgerinnen und Bürger"), (once("2027-01-08", "18:00"),), "dark", "book"),
    Flyer("Erste Hilfe am Kind", ("Samstag 30. Januar 2027 9:00-16:30 Uhr", "DRK-Haus, Lange Str. 6, 33378 Rheda-Wiedenbrück", "Teilnahmegebühr 55 Euro", "Anmeldeschluss: 15. Januar 2027"), (once("2027-01-30", "09:00", "16:30"),), "letter", "times", above="Deutsches Rotes Kreuz, Ortsverein"),
    Flyer("Spieleabend", ("Jeden letzten Freitag im Monat ab 19 Uhr", "Café Lichtblick, Hauptstraße 30", "Eintritt frei, Getränke zum kleinen Preis"), (monthly("-1FR", "19:00"),), "band", "narrow"),
    Flyer("Schwimmkurs Seepferdchen", ("11. Januar bis 22. März 2027", "montags 15:15 - 16:00 Uhr", "Hallenbad Nord, Badstraße 3", "Kursgebühr: 120,00 €"), (weekly("MO", "15:15", "16:00", "2027-01-11", "20270322"),), "boxed", "arial"),
    Flyer("Tanztee am Nachmittag", ("Mittwoch, 10. Februar 2027", "Beginn 15 Uhr, Ende 18 Uhr", "Saal der Arbeiterwohlfahrt, Friedrichstr. 20", "Eintritt 5 €"), (once("2027-02-10", "15:00", "18:00"),), "centred", "slanted"),
    Flyer("Frühjahrsputz im Quartier", ("Sa 20. März 2027 von 10 bis 13 Uhr", "Treffpunkt: Spielplatz am Weiher", "Handschuhe sind da!"), (once("2027-03-20", "10:00", "13:00"),), "bottom", "sans"),
    Flyer("Trauercafé", ("Jeden 2. Donnerstag im Monat, 15–17 Uhr", "Hospizverein, Klosterweg 8", "Kontakt: Ulrike Hahn, hospiz@hilfe.example"), (monthly("2TH", "15:00", "17:00"),), "centred", "light"),
    Flyer("Kinder-Uni: Warum ist der Himmel blau?", ("Samstag, 27.02.2027, 11 Uhr", "Hörsaal 1, Campus Ost", "Ab 8 Jahren, kostenlos"), (once("2027-02-27", "11:00"),), "pictured", "lato"),
    Flyer("Basar der Möglichkeiten", ("Samstag und Sonntag, 5. und 6. Juni 2027", "jeweils 11 bis 18 Uhr", "Alte Schmelz, Industriestraße 1", "Tageskarte 6 €"), (once("2027-06-05", "11:00", "18:00"), once("2027-06-06", "11:00", "18:00")), "band", "sans"),
    Flyer("Rückenfit", ("montags und donnerstags 8:30–9:30 Uhr", "Turnhalle Waldstraße", "Mitglieder frei, Gäste 7 €"), (weekly("MO,TH", "08:30", "09:30"),), "columns", "arial"),
    Flyer("Puppentheater Kasper und der Drache", ("So., 21.02.2027, 11.00 und 15.00 Uhr", "Stadttheater, Kleine Bühne", "Kinder 4 €, Erwachsene 6 €"), (once("2027-02-21", "11:00"), once("2027-02-21", "15:00")), "boxed", "serif", asks=True),
    Flyer("Bewerbungstraining", ("Donnerstag, 25. Februar 2027", "13 – 16 Uhr", "Jobcenter, Hafenstraße 18, Raum 3.07", "Bitte Lebenslauf mitbringen"), (once("2027-02-25", "13:00", "16:00"),), "centred", "arial", "tilted"),
    Flyer("Internationales Frauenfrühstück", ("Freitag, 12. März 2027 um 9.30 Uhr", "Interkulturelles Zentrum, Mainzer Straße 56", "Jede bringt etwas mit"), (once("2027-03-12", "09:30"),), "band", "lato", "tilted"),
    Flyer("Skatturnier", ("Samstag, 16. Januar 2027", "Beginn: 14:00 Uhr", "Vereinsheim SV Eintracht", "Startgeld 10 €"), (once("2027-01-16", "14:00"),), "labelled", "serif", "slanted"),
    Flyer("Digital-Hilfe für Ältere", ("jeden Mittwoch von 10 bis 12 Uhr", "Stadtbücherei, Erdgeschoss", "ohne Anmeldung, kostenfrei"), (weekly("WE", "10:00", "12:00"),), "corner", "arial"),
    Flyer("OSTERFREIZEIT", ("30.03. – 03.04.2027", "täglich 8 bis 16 Uhr", "Abenteuerspielplatz Eschberg", "Kosten: 75 € je Kind"), (once("2027-03-30", "08:00", "16:00", "2027-04-03"),), "dark", "sans"),
    Flyer("Literaturkreis", ("14-tägig mittwochs 19.00 Uhr, ab 13.01.2027", "Buchhandlung Seitenblick", "Wir lesen gemeinsam."), (weekly("WE", "19:00", first="2027-01-13", every=2),), "letter", "book"),
    Flyer("Gesprächskreis Pflegende Angehörige", ("Dienstag, 19. Januar", "17.30 Uhr", "Pflegestützpunkt, Bismarckstr. 9", "Eintritt frei"), (once("2027-01-19", "17:30"),), "centred", "serif", asks=True),
)  # fmt: skip
