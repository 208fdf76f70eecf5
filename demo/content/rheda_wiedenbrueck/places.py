"""The parts of Rheda-Wiedenbrück; residents search by postcode and radius, so there are no districts."""

from demo.content.write import place

RW = "Rheda-Wiedenbrück"

LOCALITIES = (
    place("rheda", "Rheda", "in Rheda", "", "33378", RW, (51.8490, 8.2985), ("Saal am Doktorplatz", "Doktorplatz 4"), ("Gemeindehaus an der Stadtkirche", "Schulte-Mönting-Straße 8")),
    place("rhedanord", "Rheda-Nord", "in Rheda-Nord", "", "33378", RW, (51.8580, 8.2990), ("Turnhalle Nord", "Herzebrocker Straße 71"),),
    place("wiedenbrueck", "Wiedenbrück", "in Wiedenbrück", "", "33378", RW, (51.8370, 8.3170), ("Saal in der Langen Straße", "Lange Straße 88"), ("Pfarrzentrum", "Kirchplatz 5")),
    place("wiedsued", "Wiedenbrück-Süd", "im Wiedenbrücker Süden", "", "33378", RW, (51.8290, 8.3190), ("Sporthalle am Burgweg", "Burgweg 27"),),
    place("batenhorst", "Batenhorst", "in Batenhorst", "", "33378", RW, (51.8150, 8.2960), ("Dorfgemeinschaftshaus", "Batenhorster Ring 12"),),
    place("lintel", "Lintel", "in Lintel", "", "33378", RW, (51.8600, 8.3480), ("Alte Dorfschule", "Linteler Straße 40"),),
    place("stvit", "St. Vit", "in St. Vit", "", "33378", RW, (51.8300, 8.2600), ("Heimathaus", "Stromberger Straße 98"),),
    place("emssee", "Emsauen", "an den Emsauen", "", "33378", RW, (51.8430, 8.3090), ("Pavillon im Park", "Mittelhegge 11"),),
)  # fmt: skip
