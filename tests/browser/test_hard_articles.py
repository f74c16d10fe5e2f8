"""Articles that strain the page: very many sources, very long heads, and one act to a post's words."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

EDITION = """
from datetime import timedelta
from django.utils import timezone
from articles import publishing
from tests.articles.factories import make_article, make_section, make_source
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet, make_post

now = timezone.now()
agency = make_channel(outlet=make_outlet("Harbour Wire"), platform="telegram", code="HARBOUR", account="harbourwire")
posts = [
    make_post(
        channel=agency, at=now - timedelta(minutes=n), url=f"https://t.me/harbourwire/{n + 1}",
        text=f"In the early hours {n + 11} ships left the port, the pilots said.",
    )
    for n in range(95)
]
sentences = [
    f"The pilots said that {n % 95 + 11} ships left the po[@r{n % 95 + 1}]rt, and the rest wai[@r{n * 7 % 95 + 1}]t. "
    + ("\\n\\n" if n % 6 == 5 else "")
    for n in range(100)
]
hard = make_article(
    headline="Bundesverfassungsgericht" * 8 + "Richters", slug="hard", sources=False, section=make_section(),
    standfirst="The standfirst of an article that says all there is to say, and then some more. " * 7,
    framing_note="We lead with the ships. " * 60, body="".join(sentences),
)
for n, post in enumerate(posts, start=1):
    make_source(hard, key=f"r{n}", post=post, position=n)
publisher, editor = make_user(group="Publisher"), make_user(group="Editor")
for finding in publishing.build_snapshot(hard, at=now).findings:
    if finding.level == "hold":
        publishing.override(hard, fingerprint=finding.fingerprint, by=publisher, at=now, reason="A test.")
publishing.publish(hard, by=editor, at=now)
print("ADDRESS", hard.get_absolute_url())
"""
# How far below its sentence a note stands at most, as static/js/source-notes.js has it.
DRIFT = 120
TEXT_BY = 900


@pytest.fixture(scope="module")
def address(site):
    return re.search(r"ADDRESS (\S+)", site.run(EDITION))[1]


def test_a_hundred_sentences_have_their_notes_beside_them(visitor, address):
    page = visitor(viewport={"width": 1440, "height": 900})
    page.goto(address, wait_until="networkidle")

    notes = page.locator(".article__notes .note")
    boxes = notes.evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(box => [box.top, box.bottom])"
    )
    sentences = page.locator(".claim:has(.cite)").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect().top)"
    )

    assert len(boxes) == len(sentences) == 100
    assert all(one[1] <= two[0] for one, two in pairwise(boxes))
    drifts = [box[0] - top for box, top in zip(boxes, sentences, strict=True)]
    assert max(drifts) <= DRIFT
    assert all(note.strip() for note in notes.all_inner_texts())


@pytest.mark.parametrize(("width", "has_fonts"), [(360, True), (360, False), (768, True)])
def test_however_long_its_head_the_text_begins_on_the_first_screen_of_one_column(
    visitor, address, width, has_fonts
):
    page = visitor(viewport={"width": width, "height": 900})
    if not has_fonts:
        page.route("**/*.woff2", lambda route: route.abort())
    page.goto(address, wait_until="networkidle")

    assert page.locator(".prose p").first.bounding_box()["y"] <= TEXT_BY
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("act", ["click", "Enter"])
def test_beside_a_sentence_one_act_leads_to_the_words_of_the_post(visitor, address, act):
    page = visitor(viewport={"width": 1440, "height": 900})
    page.goto(address, wait_until="networkidle")
    words = page.locator(".note__words a:visible").first
    assert words.inner_text() == "11"

    words.press("Enter") if act == "Enter" else words.click()

    page.wait_for_url("**/versions/1/#a*-s1")
    assert "ships left the port, the pilots said" in page.locator(".archived__words").inner_text()
    assert page.locator(":target").count() == 1


def test_a_screen_reader_is_told_where_a_mark_leads_and_what_it_opened(visitor, address):
    page = visitor(viewport={"width": 360, "height": 900})
    page.goto(address, wait_until="networkidle")
    page.locator(".prose p [role=doc-noteref]").first.press("Enter")

    tree = page.locator(".prose").aria_snapshot()

    # The mark by its outlet; behind its paragraph the outlet and the words, each a link.
    mark = tree.index("Source 1, Harbour Wire")
    opened = tree.index('link "Harbour Wire"')
    assert mark < opened
    assert 'link "11"' in tree[opened : opened + 600]

    # Of a post whose words are not marked the note has the beginning.
    page.locator("#s2 [role=doc-noteref]").nth(1).press("Enter")
    whole = page.locator(".prose .note").get_by_role(
        "link", name="In the early hours 18 ships left"
    )
    expect(whole).to_be_visible()
    whole.click()
    page.wait_for_url("**/versions/1/")
