import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.prose import Picture
from articles.vetting import Finding, Level, check
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref


def findings_in(**changes):
    # These pieces use one post, and not all of them cite it: both are queries.
    piece = make_piece(**{"standfirst": "They wait on Thursday, 25 June."} | changes)
    found = check(piece, now=NOW)
    return [finding for finding in found if finding.code not in {"single-origin", "source-uncited"}]


def only_finding(**changes):
    (finding,) = findings_in(**changes)
    return finding


def test_a_clean_piece_has_no_findings():
    assert findings_in() == []


def test_an_article_without_sources_is_held():
    finding = only_finding(sources=[], body="Ships wait.")

    assert (finding.code, finding.level, finding.field) == ("source-missing", Level.HOLD, "sources")


def test_a_mark_without_a_source_is_held_with_its_sentence():
    body = "They left. Ships *wait* [@r1; @zz]."
    finding = only_finding(body=body)

    assert (finding.code, finding.field) == ("citation-unknown", "body")
    assert body[finding.start : finding.end] == "@zz"
    assert finding.excerpt == "Ships wait."
    assert finding.evidence == {"key": "zz"}


@pytest.mark.parametrize(
    ("platform", "url"),
    [
        ("x", "https://x.com/Reuters"),
        ("x", "https://x.com/search?q=ships"),
        ("x", "https://t.me/reuters/3"),
        ("telegram", "https://t.me/s/reuters"),
        ("telegram", "https://t.me/+AbCdEf"),
        ("bluesky", "https://bsky.app/profile/reuters.com"),
        ("mastodon", "https://mastodon.social/@reuters"),
    ],
)
def test_a_source_that_is_not_a_post_is_held(platform, url):
    finding = only_finding(sources=[make_source_ref(platform=platform, url=url)])

    assert (finding.code, finding.level) == ("source-not-a-post", Level.HOLD)
    assert (finding.field, finding.excerpt) == ("sources", "r1")
    assert finding.evidence["url"] == url


def test_a_source_that_is_not_archived_is_held():
    finding = only_finding(sources=[make_source_ref(text=None)])

    assert (finding.code, finding.excerpt) == ("source-unarchived", "r1")


def test_a_post_without_text_counts_as_archived():
    assert findings_in(sources=[make_source_ref(text="")]) == []


@pytest.mark.parametrize("note", ["", "  \n ", "—", "\u200b"])
def test_an_article_without_a_framing_note_is_held(note):
    assert only_finding(framing_note=note).code == "framing-note-missing"


def test_an_image_not_in_the_library_is_held():
    body = "Ships wait [@r1]. ![quay](https://example.org/a.png)"
    finding = only_finding(body=body)

    assert finding.code == "image-unknown"
    assert body[finding.start : finding.end] == "![quay](https://example.org/a.png)"


def test_a_library_image_has_no_findings():
    quay = Picture(id=3, url="/media/a.png", alt="A quay", credit="Ada", width=4, height=3)

    assert findings_in(body="Ships wait [@r1].\n\n![](image:3)", pictures={3: quay}) == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"alt": " "}, ["image-alt-missing"]),
        ({"alt": "", "is_decorative": True}, []),
        ({"credit": "\u200b"}, ["image-credit-missing"]),
        ({"alt": "", "credit": ""}, ["image-alt-missing", "image-credit-missing"]),
    ],
)
def test_a_picture_needs_a_description_and_a_credit(changes, codes):
    given = {"id": 3, "url": "/a.png", "alt": "A quay", "credit": "Ada", "width": 4, "height": 3}
    quay = Picture(**(given | changes))

    findings = findings_in(images=[quay, quay])

    assert [(finding.code, finding.level) for finding in findings] == [
        (code, Level.HOLD) for code in codes
    ]


def test_a_fingerprint_changes_with_its_evidence_and_not_with_other_edits():
    first = only_finding(body="Ships wait [@zz]. [@r1]")
    moved = only_finding(body="Men wait [@r1].\n\nNight falls [@r1]. Ships wait [@zz].")
    other = only_finding(body="Ships wait [@zx]. [@r1]")

    assert first.fingerprint == moved.fingerprint
    assert first.fingerprint != other.fingerprint
    assert first.fingerprint == only_finding(body="Ships wait [@ZZ]. [@r1]").fingerprint


def test_a_finding_is_plain_json_in_reading_order():
    as_dict = only_finding(body="Ships wait [@zz]. [@r1]").as_dict()

    assert list(as_dict) == [
        "code", "level", "field", "start", "end", "excerpt", "message", "evidence", "fingerprint",
    ]  # fmt: skip
    assert as_dict["level"] == "hold"


def test_several_faults_are_found_at_once_with_a_one_line_message_each():
    rumour = "Alleged: the guards fired at nine fishermen off Meray Light, we hear, we hear. But we hear, we hear."
    findings = [
        *findings_in(
            headline="On Monday 25 June, or 31 June",
            body="Ships wait [@zz]. ![q](http://a/b)",
            framing_note="",
            sources=[make_source_ref(url="https://x.com/Reuters", text=None)],
        ),
        *findings_in(sources=[], body="Ships wait."),
        *findings_in(body="x" * 200_001),
        *findings_in(
            headline="12 ships",
            body="The guards fired at nine fishermen off Meray Light, we hear, we hear [@r1]. "
            "They say “we hear, we hear” [@r1]. They say “we do hear” [@r1]. “Ships wait here” [@r1]. "
            "The guards fired at 40 fishermen [@t1]. He has 60 ships.",
            sources=[
                make_source_ref(text=rumour),
                make_source_ref(
                    key="t1",
                    text="The guards fired at ten fishermen. Ships wait here.",
                    outlet="T",
                ),
            ],
        ),
    ]

    assert {finding.code for finding in findings} >= {
        "citation-unknown",
        "framing-note-missing",
        "image-unknown",
        "impossible-date",
        "source-missing",
        "source-not-a-post",
        "source-unarchived",
        "weekday",
    }
    assert all("\n" not in finding.message for finding in findings)
    assert all(isinstance(finding, Finding) for finding in findings)


@given(st.text(), st.text(), st.text())
def test_any_text_is_checked_without_an_error(headline, body, note):
    for finding in check(make_piece(headline=headline, body=body, framing_note=note), now=NOW):
        text = {"headline": headline, "body": body, "framing_note": note}.get(finding.field, "")
        assert 0 <= finding.start <= finding.end <= max(len(text), finding.end * (not text))
