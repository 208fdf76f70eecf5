"""Pirmasens with its Ortsbezirke and the quarters of the inner city."""

from demo.content.types import DistrictSpec
from demo.content.write import place

DISTRICTS = (
    DistrictSpec("innenstadt", "Innenstadt"),
    DistrictSpec("horeb", "Horeb"),
    DistrictSpec("winzler", "Winzler Viertel"),
    DistrictSpec("husterhoehe", "Husterhöhe"),
    DistrictSpec("sommerwald", "Sommerwald"),
    DistrictSpec("ruhbank", "Ruhbank"),
    DistrictSpec("erlenbrunn", "Erlenbrunn"),
    DistrictSpec("fehrbach", "Fehrbach"),
    DistrictSpec("gersbach", "Gersbach"),
    DistrictSpec("hengsberg", "Hengsberg"),
    DistrictSpec("niedersimten", "Niedersimten"),
    DistrictSpec("windsberg", "Windsberg"),
    DistrictSpec("winzeln", "Winzeln"),
)

PS = "Pirmasens"

LOCALITIES = (
    place("innenstadt", "Innenstadt", "in der Innenstadt", "innenstadt", "66953", PS, (49.2015, 7.6045), ("Saal am Exerzierplatz", "Exerzierplatzstraße 4"), ("Gemeindehaus am Schlossberg", "Schlossstraße 21")),
    place("horeb", "Horeb", "auf dem Horeb", "horeb", "66953", PS, (49.1975, 7.6150), ("Bürgertreff auf dem Horeb", "Charlottenstraße 31"),),
    place("winzler", "Winzler Viertel", "im Winzler Viertel", "winzler", "66954", PS, (49.2030, 7.5930), ("Quartiersladen", "Winzler Straße 92"),),
    place("husterhoehe", "Husterhöhe", "auf der Husterhöhe", "husterhoehe", "66953", PS, (49.2165, 7.6190), ("Halle auf der Höhe", "Delaware Avenue 9"),),
    place("sommerwald", "Sommerwald", "im Sommerwald", "sommerwald", "66953", PS, (49.2100, 7.6210), ("Gemeinschaftsraum Sommerwald", "Adam-Müller-Straße 50"),),
    place("ruhbank", "Ruhbank", "auf der Ruhbank", "ruhbank", "66955", PS, (49.1930, 7.6300), ("Haus der Vereine", "Lemberger Straße 200"),),
    place("erlenbrunn", "Erlenbrunn", "in Erlenbrunn", "erlenbrunn", "66955", PS, (49.1750, 7.6200), ("Dorfgemeinschaftshaus", "Erlenbrunner Straße 80"),),
    place("fehrbach", "Fehrbach", "in Fehrbach", "fehrbach", "66953", PS, (49.2190, 7.5950), ("Wiesentalhalle", "Tiroler Straße 40"),),
    place("gersbach", "Gersbach", "in Gersbach", "gersbach", "66954", PS, (49.1790, 7.5660), ("Felsentorhalle", "Gersbacher Straße 16"),),
    place("hengsberg", "Hengsberg", "in Hengsberg", "hengsberg", "66954", PS, (49.2080, 7.5420), ("Alte Schule", "Hengsberger Straße 11"),),
    place("niedersimten", "Niedersimten", "in Niedersimten", "niedersimten", "66955", PS, (49.1735, 7.5930), ("Turnhalle", "Simter Straße 66"),),
    place("windsberg", "Windsberg", "in Windsberg", "windsberg", "66954", PS, (49.1930, 7.5350), ("Bürgerhaus", "Windsberger Straße 22"),),
    place("winzeln", "Winzeln", "in Winzeln", "winzeln", "66954", PS, (49.1970, 7.5680), ("Wasgauhalle", "Bottenbacher Straße 60"),),
)  # fmt: skip
