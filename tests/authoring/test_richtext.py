"""Long texts: from the editor, from Word, from the plain field; what nobody touched stays."""

from core import richtext
from portal.offers import editing
from tests.authoring.filling import form_of, send
from tests.authoring.test_story import member  # noqa: F401
from tests.effort import effort
from tests.revisions.conftest import Cast, cast  # noqa: F401

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm; font-family:
"Calibri",sans-serif;} </style><xml><w:WordDocument></w:WordDocument></xml></head><body lang=DE><!--StartFragment-->
<p class=MsoNormal style='margin-bottom:8.0pt'><b><span style='font-size:14.0pt;color:red'>Wir helfen</span></b>
<span lang=EN-US>mit dem Handy.</span><o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='font-family:Symbol;mso-list:Ignore'>·
<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span>Fotos<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;
</span></span>Schrift<o:p></o:p></p><script>alert(1)</script><p onclick="x()"><a href="javascript:x">da</a></p>
<!--EndFragment--></body></html>"""


def test_a_text_from_word_comes_out_clean():
    assert richtext.from_editor(WORD).replace("\n", " ") == (
        "<p><b>Wir helfen</b> mit dem Handy.</p> <ul><li>Fotos</li><li>Schrift</li></ul>"
        '<p><a rel="noopener nofollow">da</a></p>'
    )


def test_two_hundred_kilobytes_of_word_are_quick(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    junk = "<p class=MsoNormal style='mso-pagination:widow-orphan'><span style='color:black'>Ein Satz.</span></p>"
    pasted = WORD.replace("<!--EndFragment-->", junk * (200_000 // len(junk) - 30))
    assert 190_000 < len(pasted) < 200_000
    answers = []
    work = effort(lambda: answers.append(send(member, f"/konto/angebote/{offer.pk}/bild/", text="x", text_html=pasted)))
    assert work < 4
    assert answers[0].status_code == 302
    kept = editing.begin(offer, by=cast.member).content["description"]
    assert kept.startswith("<p><b>Wir helfen</b>")
    assert "<li>Fotos</li><li>Schrift</li>" in kept
    for foreign in ("Mso", "style", "span", "script", "onclick", "o:p"):
        assert foreign not in kept


def test_a_text_that_is_far_too_long_is_refused_with_a_sentence(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    answer = send(member, f"/konto/angebote/{offer.pk}/bild/", text_html="<p>" + "x" * 200_001 + "</p>")
    assert "Dieser Text ist zu lang" in answer.content.decode()


def test_what_the_editor_makes_of_lists_and_empty_lines():
    sent = "<h3>Was?</h3><ul><li><p>eins</p></li><li><p>zwei</p><ol><li><p>innen</p></li></ol></li></ul><p></p>"
    assert richtext.from_editor(sent) == "<h3>Was?</h3><ul><li>eins</li><li>zwei<ol><li>innen</li></ol></li></ul>"
    assert richtext.from_editor("<p><br></p><p> </p>") == ""
    # Two paragraphs in an item are two.
    assert richtext.from_editor("<ul><li><p>a</p><p>b</p></li></ul>") == "<ul><li><p>a</p><p>b</p></li></ul>"


def test_formats_survive_a_page_without_scripts_and_come_with_them(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    address = f"/konto/angebote/{offer.pk}/bild/"
    send(
        member,
        address,
        text="Mit Ton",
        text_html='<p>Mit <strong>Ton</strong> <a href="https://a.example">hier</a></p>',
    )
    kept = editing.begin(offer, by=cast.member).content["description"]
    assert "<strong>Ton</strong>" in kept
    assert 'href="https://a.example"' in kept
    # The plain field shows the words; sent as it stands, it changes nothing.
    assert form_of(member, address)["text"] == ["Mit Ton hier"]
    send(member, address)
    assert editing.begin(offer, by=cast.member).content["description"] == kept
    # The editor gets the markup.
    page = member.get(address).content.decode()
    assert 'data-html="&lt;p&gt;Mit &lt;strong&gt;Ton' in page
    # Emptied in the editor is empty, whatever the plain field says.
    send(member, address, text="Mit Ton hier", text_html="")
    assert editing.begin(offer, by=cast.member).content["description"] == ""
