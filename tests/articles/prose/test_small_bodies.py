"""What becomes of small bodies, whole: the page, and everything read of it with its place.

A case of small_bodies.toml is a body, the HTML of it and one line for each part: its kind, what it
says, and after ◂ its slice of the body, where that is not the same. In the HTML a link to a source
is written ⟨number key which⟩.
"""

import re
import tomllib
from pathlib import Path

import pytest

from articles.prose import Picture, Source, render

CASES = tomllib.loads(Path(__file__).with_name("small_bodies.toml").read_text())["case"]
SOURCES = (
    Source(key="r1", number=1, label="Reuters"),
    Source(key="t1", number=2, label="TASS & Co"),
    Source(key="b1"),
)
QUAY = Picture(
    id=17, url="/quay", alt="A quay", credit="Ada & Co", width=4, height=3, caption="The quay"
)
FIELD = Picture(id=18, url="/field", alt="", credit="", width=8, height=6)
# Signs would be escaped in the name of a test, twice where it is collected twice.
NO_LETTER = re.compile("[^A-Za-z0-9]+")
LINK = re.compile(
    r'<a class="cite__link" role="doc-noteref" id="cite-(?P<key>\w+)-(?P<which>\d+)"'
    r' href="#source-(?P=key)" aria-label="Source (?P<number>\d+)(?:, [^"]+)?">(?P=number)</a>'
)


def claim_parts(claim):
    head = f"{claim.number} {claim.voice} {'+'.join(claim.keys)}".rstrip()
    yield head, claim.text, claim.start, claim.end
    for mark in claim.marks:
        yield "  scope", f"@{mark.key}", mark.scope_start, mark.scope_end
    for span in claim.voice_spans:
        yield "  voice", span.voice, span.start, span.end


def unknown_parts(prose):
    for mark in prose.unknown:
        yield "unknown", f"@{mark.key}", mark.start, mark.end
        yield "  scope", f"@{mark.key}", mark.scope_start, mark.scope_end
    for picture in prose.unknown_pictures:
        yield "no picture", f"{picture.src} {picture.alt}", picture.start, picture.end


def parts_of(prose):
    """Yield kind, words, start and end of each part of the prose."""
    for claim in prose.claims:
        yield from claim_parts(claim)
    for heading in prose.headings:
        kind = "column" if heading.is_column else "heading"
        yield kind, heading.text, heading.start, heading.end
    for fence in prose.fences:
        yield "fence", fence.text, fence.start, fence.end
    for leftover in prose.leftovers:
        yield f"leftover {leftover.kind}", leftover.text, leftover.start, leftover.end
    yield from unknown_parts(prose)


def line_of(body, kind, says, start, end):
    found = body[start:end]
    return f"{kind}: {says}" + ("" if found == says else f" ◂ {found}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: NO_LETTER.sub(" ", case["body"])[:30])
def test_a_small_body_is_shown_and_read_exactly_so(case):
    body = case["body"]

    prose = render(body, sources=SOURCES, pictures={17: QUAY, 18: FIELD})

    assert LINK.sub(r"⟨\g<number> \g<key> \g<which>⟩", prose.html) == case["html"]
    assert [line_of(body, *part) for part in parts_of(prose)] == case["parts"]


def test_words_and_text_and_numbers_of_a_body_are_counted_once():
    body = "# Head\n\nIt’s 1,200 half-built [@b1] [@r1].\nMore!\n\n`co de` [@b1].\n\n![x](image:18)"

    prose = render(body, sources=SOURCES, pictures={17: QUAY, 18: FIELD})

    assert prose.text == "Head\n\nIt’s 1,200 half-built. More!\n\nco de."
    assert prose.words == 7
    assert prose.cited == ("b1", "r1")
    assert prose.numbers == {"b1": 3, "r1": 1}
    assert prose.marks == {"b1": ("cite-b1-1", "cite-b1-2"), "r1": ("cite-r1-1",)}
    assert prose.pictures == (18,)


def test_two_pictures_are_each_shown_with_their_own_words():
    shown = render("![x](image:18 'Field')\n\n![x](image:17)", pictures={17: QUAY, 18: FIELD})

    first, second = shown.html.split("</figure>\n")[:2]
    assert shown.pictures == (18, 17)
    assert ('src="/field" width="8" height="6" alt=""' in first, "Ada" in first) == (True, False)
    assert ('src="/quay" width="4" height="3" alt="A quay"' in second, "Ada" in second) == (
        True,
        True,
    )
