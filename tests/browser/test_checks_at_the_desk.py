"""The findings panel in a real browser: findings seen, fixed, overridden, published."""

import re

import pytest
from playwright.sync_api import expect

from articles.vetting import title_of

pytestmark = pytest.mark.browser

EDITION = """
from django.utils import timezone
from datetime import timedelta
from tests.articles.factories import make_source, make_article
from tests.wires.factories import make_outlet, make_channel, make_post
make_outlet("Reuters")
nahr = make_channel(outlet=make_outlet("Radio Nahr"), platform="telegram", code="NAHR",
                    account="radionahr")
make_post(channel=nahr, at=timezone.now() - timedelta(hours=3), url="https://t.me/radionahr/9",
          text="No pilot has boarded a grain ship since dawn, the port director says.")
harbour = make_post(
    channel=make_channel(outlet=make_outlet("Harbour Wire"), platform="telegram", code="HARBOUR",
                         account="harbourwire"), url="https://t.me/harbourwire/7",
    text="The master orders all 25,437 vessels to hold. He said: “No ship will pass without my "
         "written leave”. The order is of 24 June 2026.")
meridian = make_post(
    channel=make_channel(outlet=make_outlet("Meridian Press"), code="MERIDIAN"),
    text="Three owners told 60 crew to wait at anchor. Pilots wait too. The accord ends on 31 June 2026.")
arabic = make_post(
    channel=make_channel(outlet=make_outlet("Sawt"), platform="telegram", code="SAWT",
                         account="sawt", language="ar"), url="https://t.me/sawt/4",
    text="قال مدير الميناء إن السفن تنتظر غرب المنارة منذ الفجر")
made = []
for n in range(7):
    article = make_article(headline="Ships turn back", slug=f"ships-turn-back-{n}", sources=False,
                           standfirst="", framing_note="", body="Pilots wait [@m1].")
    make_source(article, key="h1", post=harbour)
    make_source(article, key="m1", post=meridian)
    made.append(article.pk)
twice = make_article(headline="Ships turn back", slug="ships-twice", sources=False, standfirst="",
                     framing_note="", body="Pilots wait [@m1].")
for key, post in (("h1", harbour), ("h2", harbour), ("m1", meridian)):
    make_source(twice, key=key, post=post)
made.append(twice.pk)
rtl = make_article(headline="السفن تنتظر", slug="sufun", language="ar", sources=False, standfirst="",
                   body="قال المدير إن «السفن لا تنتظر غرب المنارة» [@s1]. انتظرت ٤٠ سفينة.")
make_source(rtl, key="s1", post=arabic)
print(*made, rtl.pk)
"""
BODY = """On Thursday 24 June 2026 the master ordered 25,347 vessels to hold, Harbour Wire reports [@h1]. “No ship will ever pass without my written leave,” he said [@h1].

Three owners told 60 crew to wait [@m11]. The accord ends on 31 June 2026 [@m1]. Reuters reports that pilots wait [@m1]."""
FIXED = """On Wednesday 24 June 2026 the master ordered 25,437 vessels to hold, Harbour Wire reports [@h1]. “No ship will pass without my written leave,” he said [@h1].

Three owners told 60 crew to wait [@m1]. The accord ends on 31 June 2026 [@m1]. Reuters reports that pilots wait [@m1]."""
SEVEN = {
    "weekday", "figure-not-found", "quote-not-found", "citation-unknown", "impossible-date",
    "outlet-not-linked", "framing-note-missing",
}  # fmt: skip


@pytest.fixture(scope="module")
def articles(site):
    return site.run(EDITION).split()


def change(pk):
    return f"/desk/articles/article/{pk}/change/"


def body_of(page):
    return page.get_by_role("textbox", name="Body")


def open_holds(page):
    return page.locator("section .finding--hold")


def finding(page, code):
    return page.locator(".finding").filter(
        has=page.locator(".finding__code", has_text=re.compile(f"^{code}$"))
    )


def test_seven_faults_are_fixed_or_overridden_by_a_second_person_and_published(
    desk, visitor, articles
):
    editor = desk(change(articles[0]))

    # The faults are pasted, and shown without a save.
    body_of(editor).fill(BODY)
    expect(open_holds(editor)).to_have_count(7)
    assert set(open_holds(editor).locator(".finding__code").all_inner_texts()) == SEVEN
    expect(editor.locator("#findings")).to_contain_text("7 holds")
    assert "ever" in finding(editor, "quote-not-found").locator("del").inner_text()

    # What the cited post says is one click away where no other words can be meant.
    expect(finding(editor, "quote-not-found")).to_contain_text(
        "Compared with the nearest passage in h1"
    )
    expect(finding(editor, "figure-not-found")).to_contain_text("all 25,437 vessels")
    for code in ("impossible-date", "outlet-not-linked", "framing-note-missing"):
        expect(finding(editor, code).locator("[name=_fix]")).to_have_count(0)
    for left, (code, label) in zip(
        (6, 5, 4, 3),
        (
            ("weekday", "Write Wednesday"),
            ("figure-not-found", "Write 25,437"),
            ("quote-not-found", "Use the post’s words"),
            ("citation-unknown", "Change to [@m1]"),
        ),
        strict=True,
    ):
        finding(editor, code).get_by_role("button", name=label).click()
        expect(open_holds(editor)).to_have_count(left)
    expect(body_of(editor)).to_have_value(FIXED)
    editor.get_by_label("Framing note").fill("We lead with the order.")
    expect(open_holds(editor)).to_have_count(2)

    # It cannot be published, so an override is requested.
    editor.get_by_role("button", name="Publish now").click()
    expect(editor.locator(".messagelist")).to_contain_text("Nothing public has changed")
    expect(editor.locator(".messagelist")).to_contain_text(
        "2 holds must be fixed or overridden first"
    )
    editor.get_by_role("button", name="Ask for a second person").click()
    expect(editor.locator(".desk__pane--findings")).to_contain_text("Waiting for a second person")

    # The publisher finds the request and overrides both holds, but cannot publish it.
    publisher = desk("/desk/", "Publisher")
    waiting = publisher.get_by_label("Waiting for a second person")
    expect(waiting).to_contain_text(title_of("impossible-date"))
    waiting.get_by_role("link", name="Ships turn back").click()
    for code, reason in (
        ("impossible-date", "The accord itself says 31 June."),
        ("outlet-not-linked", "The agency’s wire has no public post."),
    ):
        finding(publisher, code).get_by_role("link", name="Override hold…").click()
        expect(publisher.locator(".finding__span")).to_be_visible()
        publisher.get_by_label("Reason").fill(reason)
        publisher.get_by_role("button", name="Override hold").click()
    expect(publisher.locator(".desk-bar--act")).to_contain_text("somebody else must publish")
    publisher.get_by_role("button", name="Publish now").click()
    expect(publisher.locator(".messagelist")).to_contain_text("You overrode this hold yourself")
    publisher.goto("/desk/")
    expect(waiting).to_contain_text("Nothing is waiting for a second person.")

    # The editor publishes, and the page says what was overridden, why and by whom.
    editor.goto(change(articles[0]))
    expect(open_holds(editor)).to_have_count(0)
    expect(editor.locator(".findings__settled")).to_contain_text("Overridden 2")
    editor.get_by_role("button", name="Publish now").click()
    expect(editor.locator(".messagelist")).to_contain_text("The article is public.")
    reader = visitor()
    reader.goto(editor.get_by_role("link", name="View public page").get_attribute("href"))
    passed = reader.get_by_label("Flagged by our checks, published anyway")
    expect(passed.get_by_role("listitem")).to_have_count(2)
    expect(passed).to_contain_text("The accord itself says 31 June.")
    expect(passed).to_contain_text("The agency’s wire has no public post.")
    expect(passed).to_contain_text("overridden by a second person")
    passed.get_by_role("link", name="sentence 4").click()
    expect(reader.locator("#s4")).to_be_in_viewport()


def test_an_override_ends_with_the_words_of_its_sentence_and_not_before(desk, articles):
    note = "We lead with the master."
    of_june = "The accord ends on 31 June 2026"
    publisher = desk(change(articles[6]), "Publisher")
    body_of(publisher).fill(f"Pilots wait [@m1; @h1]. {of_june} [@m1].")
    publisher.get_by_label("Framing note").fill(note)
    expect(open_holds(publisher)).to_have_count(1)
    publisher.get_by_role("button", name="Save draft").click()
    finding(publisher, "impossible-date").get_by_role("link", name="Override hold…").click()
    publisher.get_by_label("Reason").fill("The accord itself says 31 June.")
    publisher.get_by_role("button", name="Override hold").click()
    expect(open_holds(publisher)).to_have_count(0)

    # Words elsewhere and italics leave the sentence as it was.
    body_of(publisher).fill(f"Night fell. *{of_june}* [@m1].\n\nPilots wait [@m1; @h1].")
    expect(publisher.locator(".finding__code", has_text="impossible-date")).to_have_count(1)
    expect(open_holds(publisher)).to_have_count(0)

    # Another word makes it a claim that nobody has answered for.
    body_of(publisher).fill("The blockade ends on 31 June 2026 [@m1].\n\nPilots wait [@m1; @h1].")
    expect(open_holds(publisher)).to_have_count(1)
    expect(open_holds(publisher)).to_contain_text("impossible-date")
    publisher.get_by_role("button", name="Publish now").click()
    expect(publisher.locator(".messagelist")).to_contain_text("1 hold must be fixed or overridden")


def test_a_fix_can_be_undone_and_moves_to_the_next_finding(desk, articles):
    page = desk(change(articles[1]))
    body_of(page).fill("🚢 Ships wait [@m11]. On Thursday 24 June 2026 they wait [@m1].")
    expect(finding(page, "citation-unknown")).to_be_visible()

    finding(page, "citation-unknown").get_by_role("button", name="Change to [@m1]").click()

    expect(body_of(page)).to_have_value(re.compile(r"🚢 Ships wait \[@m1\]\."))
    expect(page.locator(".finding:focus")).to_have_count(1)
    expect(page.locator("[data-said]")).to_contain_text("Fixed: Change to [@m1]")
    body_of(page).focus()
    page.keyboard.press("Control+z")
    expect(body_of(page)).to_have_value(re.compile(r"🚢 Ships wait \[@m11\]\."))


def test_the_browsers_undo_takes_back_the_source_row_of_a_fix_too(desk, articles):
    page = desk(change(articles[7]))
    before = "Pilots wait [@m1]. They wait [@h1]. So do owners [@m1]. Ships hold [@h2]."
    after = "Pilots wait [@m1]. They wait [@h1]. So do owners [@m1]. Ships hold [@h1]."
    row = page.locator(".desk-source").filter(has=page.locator("input[value=h2]"))
    body_of(page).fill(before)

    finding(page, "source-duplicate").get_by_role("button", name="Keep h1, remove h2").click()
    expect(body_of(page)).to_have_value(after)
    expect(row.get_by_label("Remove")).to_be_checked()
    body_of(page).focus()
    page.keyboard.press("Control+z")

    expect(body_of(page)).to_have_value(before)
    expect(row.get_by_label("Remove")).not_to_be_checked()
    expect(finding(page, "source-duplicate")).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    expect(body_of(page)).to_have_value(after)
    expect(row.get_by_label("Remove")).to_be_checked()


def test_a_fix_is_undone_by_its_button_and_the_keyboard(desk, articles):
    page = desk(change(articles[3]))
    body_of(page).fill("Pilots wait [@m1].")
    undo = page.get_by_role("button", name="Undo fix: Set h1 to background")
    role = (
        page.locator(".desk-source")
        .filter(has=page.locator("input[value=h1]"))
        .get_by_label("Role")
    )
    expect(undo).to_have_count(0)

    finding(page, "source-uncited").get_by_role("button", name="Set h1 to background").click()
    expect(role).to_have_value("background")
    expect(page.locator("[data-said]")).to_contain_text("Fixed: Set h1 to background")
    undo.press("Enter")

    expect(role).to_have_value("basis")
    expect(finding(page, "source-uncited")).to_be_visible()
    expect(page.locator("[data-said]")).to_contain_text("Undone: Set h1 to background")
    expect(page.locator(".finding:focus")).to_have_count(1)
    expect(undo).to_have_count(0)


def test_a_fix_is_not_undone_over_words_written_since(desk, articles):
    page = desk(change(articles[1]))
    body_of(page).fill("Ships wait [@m11].")
    finding(page, "citation-unknown").get_by_role("button", name="Change to [@m1]").click()
    expect(body_of(page)).to_have_value("Ships wait [@m1].")
    # Only then has the focus moved on.
    expect(page.locator("[data-said]")).to_contain_text("Fixed: Change to [@m1]")

    body_of(page).press("End")
    page.keyboard.type(" So they say.")
    page.get_by_role("button", name="Undo fix: Change to [@m1]").click()

    expect(page.locator("[data-said]")).to_contain_text("The text has changed since the fix")
    expect(body_of(page)).to_have_value("Ships wait [@m1]. So they say.")


def test_a_fix_applied_after_more_typing_is_recomputed(desk, articles):
    page = desk(change(articles[1]))
    body_of(page).fill("Ships wait [@m11].")
    expect(finding(page, "citation-unknown")).to_be_visible()

    body_of(page).press("Home")
    page.keyboard.type("Again: ")
    finding(page, "citation-unknown").get_by_role("button", name="Change to [@m1]").click()

    expect(body_of(page)).to_have_value("Again: Ships wait [@m1].")


def test_an_unmarked_claim_is_offered_the_mark_of_the_post_it_matches(desk, articles):
    page = desk(change(articles[2]))
    body_of(page).fill("Three owners told 60 crew to wait. Pilots wait [@h1; @m1].")

    finding(page, "unsourced-claim").get_by_role("button", name="Insert [@m1]").click()

    expect(body_of(page)).to_have_value(
        "Three owners told 60 crew to wait [@m1]. Pilots wait [@h1; @m1]."
    )


def test_a_query_is_acknowledged_before_saving_and_stays_so_after_other_edits(desk, articles, site):
    page = desk(change(articles[3]))
    body_of(page).fill("Pilots wait [@m1].")
    query = page.locator("section").locator(".finding").filter(has_text="source-uncited")
    query.locator("summary").click()
    query.get_by_label("Note for readers").fill("It is for the next update.")

    query.get_by_role("button", name="Acknowledge").click()

    seen = page.locator(".findings__settled", has_text="Acknowledged")
    expect(seen).to_contain_text("Acknowledged 1")
    expect(query).to_have_count(0)
    body_of(page).fill("Pilots wait [@m1]. They wait [@zz].")
    expect(finding(page, "citation-unknown")).to_be_visible()
    expect(seen).to_contain_text("Acknowledged 1")
    seen.locator("summary").click()
    expect(seen).to_contain_text("It is for the next update.")
    seen.get_by_role("button", name="Undo acknowledgement").click()
    expect(query).to_be_visible()
    assert "[@zz]" not in site.run(
        f"from articles.models import Article; print(Article.objects.get(pk={articles[3]}).body)"
    )


def test_the_keyboard_moves_between_findings_and_changes_are_announced(desk, articles):
    page = desk(change(articles[4]))
    body_of(page).fill(BODY)
    expect(open_holds(page)).to_have_count(7)
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"^7 holds, \d quer"))
    body_of(page).focus()

    page.keyboard.press("Alt+n")
    first = page.locator(".finding:focus").get_attribute("id")
    page.keyboard.press("Alt+n")
    second = page.locator(".finding:focus").get_attribute("id")
    page.keyboard.press("Alt+p")

    assert first != second
    assert page.locator(".finding:focus").get_attribute("id") == first
    page.keyboard.press("Tab")
    expect(page.locator(".finding button:focus")).to_have_count(1)


def test_a_fix_without_script_saves_the_text_as_well(desk, articles):
    page = desk(change(articles[5]), java_script_enabled=False)
    body_of(page).fill("Pilots wait [@m11].")
    page.get_by_role("button", name="Save draft").click()

    finding(page, "citation-unknown").get_by_role("button", name="Change to [@m1]").click()

    expect(page.locator(".messagelist")).to_contain_text("Fixed: Change to [@m1].")
    expect(body_of(page)).to_have_value("Pilots wait [@m1].")
    expect(finding(page, "citation-unknown")).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "scheme"), [(1440, "light"), (360, "dark"), (320, "light"), (1440, "dark")]
)
def test_findings_are_accessible_and_fit(desk, articles, assert_desk_accessible, width, scheme):
    size = {"width": width, "height": 900}
    for pk in (articles[4], articles[-1]):
        page = desk(change(pk), "Publisher", viewport=size, color_scheme=scheme)
        if pk == articles[4]:
            body_of(page).fill(BODY)
            expect(open_holds(page)).to_have_count(7)
        else:
            expect(page.locator(".findings__note").first).to_contain_text("Not checked")
        assert_desk_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
