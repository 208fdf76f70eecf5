"""The Regionalverband's ten towns as districts, and the parts of them where things happen."""

from types import MappingProxyType

from demo.content.types import DistrictSpec
from demo.content.write import place

DISTRICTS = (
    DistrictSpec("saarbruecken", "Saarbrücken"),
    DistrictSpec("voelklingen", "Völklingen"),
    DistrictSpec("puettlingen", "Püttlingen"),
    DistrictSpec("sulzbach", "Sulzbach/Saar"),
    DistrictSpec("friedrichsthal", "Friedrichsthal"),
    DistrictSpec("quierschied", "Quierschied"),
    DistrictSpec("heusweiler", "Heusweiler"),
    DistrictSpec("riegelsberg", "Riegelsberg"),
    DistrictSpec("grossrosseln", "Großrosseln"),
    DistrictSpec("kleinblittersdorf", "Kleinblittersdorf"),
)

PHONE_AREAS = MappingProxyType(
    {
        "voelklingen": "06898",
        "puettlingen": "06898",
        "grossrosseln": "06898",
        "sulzbach": "06897",
        "friedrichsthal": "06897",
        "quierschied": "06897",
        "heusweiler": "06806",
        "riegelsberg": "06806",
        "kleinblittersdorf": "06805",
    }
)

SB, VK = "Saarbrücken", "Völklingen"

LOCALITIES = (
    place("stjohann", "St. Johann", "in St. Johann", "saarbruecken", "66111", SB, (49.2340, 6.9965), ("Bürgersaal am Markt", "Türkenstraße 14"), ("Haus der Begegnung", "Mainzer Straße 41")),
    place("altsb", "Alt-Saarbrücken", "in Alt-Saarbrücken", "saarbruecken", "66117", SB, (49.2290, 6.9870), ("Saal am Ludwigspark", "Keplerstraße 8"), ("Stadtteilhaus am Schlossberg", "Spichererbergstraße 12")),
    place("malstatt", "Malstatt", "in Malstatt", "saarbruecken", "66113", SB, (49.2440, 6.9730), ("Bürgerhaus am Leipziger Platz", "Leipziger Straße 22"), ("Gemeindezentrum Rastpfuhl", "Lebacher Straße 160")),
    place("burbach", "Burbach", "in Burbach", "saarbruecken", "66115", SB, (49.2440, 6.9480), ("Bürgerhaus am Burbacher Markt", "Hochstraße 30"), ("Alte Werkshalle", "Saardamm 7")),
    place("dudweiler", "Dudweiler", "in Dudweiler", "saarbruecken", "66125", SB, (49.2770, 7.0370), ("Bürgerhaus Mitte", "Am Markt 9"), ("Sporthalle am Gehlenberg", "Scheidter Straße 88")),
    place("brebach", "Brebach", "in Brebach", "saarbruecken", "66130", SB, (49.2185, 7.0300), ("Alte Schule", "Saarbrücker Straße 70"),),
    place("eschberg", "Eschberg", "auf dem Eschberg", "saarbruecken", "66121", SB, (49.2360, 7.0370), ("Treffpunkt am Wasserturm", "Pommernring 21"),),
    place("gersweiler", "Gersweiler", "in Gersweiler", "saarbruecken", "66128", SB, (49.2310, 6.9290), ("Festhalle", "Hauptstraße 104"),),
    place("altenkessel", "Altenkessel", "in Altenkessel", "saarbruecken", "66126", SB, (49.2570, 6.8970), ("Vereinshaus", "Gerhardstraße 33"),),
    place("vk", "Völklingen-Mitte", "in der Völklinger Innenstadt", "voelklingen", "66333", VK, (49.2520, 6.8590), ("Altes Rathaus, Saal", "Bismarckstraße 17"), ("Versöhnungshaus", "Poststraße 30")),
    place("ludweiler", "Ludweiler", "in Ludweiler", "voelklingen", "66333", VK, (49.2275, 6.8150), ("Warndthalle", "Rosseler Straße 52"),),
    place("wehrden", "Wehrden", "in Wehrden", "voelklingen", "66333", VK, (49.2430, 6.8430), ("Kulturhaus am Hang", "Schaffhauser Straße 20"),),
    place("pue", "Püttlingen", "in Püttlingen", "puettlingen", "66346", "Püttlingen", (49.2850, 6.8870), ("Stadthalle, kleiner Saal", "Am Burgplatz 4"),),
    place("koellerbach", "Köllerbach", "in Köllerbach", "puettlingen", "66346", "Püttlingen", (49.2990, 6.8930), ("Kulturscheune", "Hauptstraße 61"),),
    place("sulzbach", "Sulzbach", "in Sulzbach", "sulzbach", "66280", "Sulzbach/Saar", (49.2990, 7.0600), ("Saal am Salzbrunnen", "Auf der Schmelz 5"),),
    place("altenwald", "Altenwald", "in Altenwald", "sulzbach", "66280", "Sulzbach/Saar", (49.3090, 7.0720), ("Gemeindehaus", "Grubenstraße 40"),),
    place("friedrichsthal", "Friedrichsthal", "in Friedrichsthal", "friedrichsthal", "66299", "Friedrichsthal", (49.3260, 7.0960), ("Begegnungshaus am Markt", "Saarbrücker Straße 21"),),
    place("bildstock", "Bildstock", "in Bildstock", "friedrichsthal", "66299", "Friedrichsthal", (49.3340, 7.1060), ("Rechtsschutzhalle", "Hofstraße 49"),),
    place("quierschied", "Quierschied", "in Quierschied", "quierschied", "66287", "Quierschied", (49.3220, 7.0480), ("Kultursaal", "Am Rathausplatz 2"),),
    place("goettelborn", "Göttelborn", "in Göttelborn", "quierschied", "66287", "Quierschied", (49.3400, 7.0310), ("Zechenhaus", "Josefstraße 10"),),
    place("heusweiler", "Heusweiler", "in Heusweiler", "heusweiler", "66265", "Heusweiler", (49.3390, 6.9290), ("Kulturhalle", "Am Marktplatz 6"),),
    place("holz", "Holz", "in Holz", "heusweiler", "66265", "Heusweiler", (49.3390, 6.9830), ("Glück-auf-Halle", "Alleestraße 25"),),
    place("riegelsberg", "Riegelsberg", "in Riegelsberg", "riegelsberg", "66292", "Riegelsberg", (49.3080, 6.9370), ("Ratssaal", "Saarbrücker Straße 31"), ("Gemeindehaus Güchenbach", "Kirchstraße 50")),
    place("grossrosseln", "Großrosseln", "in Großrosseln", "grossrosseln", "66352", "Großrosseln", (49.2050, 6.8400), ("Rosseltalhalle", "Klosterplatz 3"),),
    place("kleinblittersdorf", "Kleinblittersdorf", "in Kleinblittersdorf", "kleinblittersdorf", "66271", "Kleinblittersdorf", (49.1580, 7.0370), ("Altes Zollhaus", "Rathausstraße 16"),),
    place("auersmacher", "Auersmacher", "in Auersmacher", "kleinblittersdorf", "66271", "Kleinblittersdorf", (49.1430, 7.0530), ("Ruppertshof", "Dorfstraße 8"),),
)  # fmt: skip
