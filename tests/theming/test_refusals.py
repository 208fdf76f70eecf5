"""Pages for refusals: nobody ever sees an empty one, and the operator's side has its own look."""

import pytest

from core.access import Role


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_wrong_way_of_asking_gets_a_page_in_the_municipalitys_look(ahausen, visitor, method):
    answer = getattr(visitor("ahausen"), method)("/angebote/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    page = answer.content.decode()
    assert "<h1>So geht das nicht</h1>" in page
    assert 'class="brand"' in page


def test_a_button_of_another_page_opened_by_itself_explains_itself(ahausen, signed_in):
    answer = signed_in(ahausen, Role.EDITOR).get("/redaktion/synonyme/1/loeschen/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "So geht das nicht" in answer.content.decode()


def test_it_speaks_the_language_of_the_address(ahausen, visitor):
    page = visitor("ahausen").post("/angebote/?sprache=fr").content.decode()
    assert "Cela ne fonctionne pas ainsi" in page


def test_who_asks_for_nothing_but_the_head_gets_nothing_else(ahausen, signed_in):
    answer = signed_in(ahausen, Role.EDITOR).head("/redaktion/synonyme/1/loeschen/")
    assert (answer.status_code, answer.content) == (405, b"")


def test_the_operators_side_has_its_own_page_for_what_is_not_there(db, visitor):
    answer = visitor("").get("/gibt-es-nicht/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Seite nicht gefunden" in page
    assert 'class="brand"' in page
