import pytest
from tests.architecture import test_access as t
from tests.architecture.test_access import *
MINE=[r for r in t.ROWS if any(x in r["pattern"] for x in ("/austausch/","/export/","/feeds/"))]
for name in ("test_everybody_gets_what_the_file_says","test_next_door_everybody_is_a_visitor","test_the_file_has_the_columns_it_is_read_by","test_every_url_has_its_rows_and_every_row_its_url","test_every_address_leads_to_its_url"):
    del globals()[name]
def test_all(ahausen, things):
    wrong=[]
    for side in ("town","platform"):
        accounts, objects = things[side]
        for name in PEOPLE:
            with inside(ahausen) if side == "town" else inside_public():
                session = "" if name == "visitor" else session_of(accounts[name])
            for row in MINE:
                if row["side"]!=side: continue
                address=row["address"].format(**objects)
                a=ask(HOSTS[side],row["method"],address,session)
                if a!=row[name]: wrong.append((name,row["method"],address,a,row[name]))
    assert wrong==[]
