"""Public pages in a real browser: any width, light and dark, with and without script."""

import gzip
import re
from itertools import pairwise
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# Else what fits depends on the day of the test.
WRITE_LONGEST_DATE = (
    "document.querySelector('.masthead__date').textContent = 'Wednesday, 30 September 2026'"
)
EDITION = """
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from articles import publishing, scorecards
from articles.models import Article, Correction
from newsroom.demo.quotes import load_quotes
from tests.articles.factories import (
    make_article, make_author, make_section, make_site_page, make_source, make_topic,
)
from tests.wires.factories import make_outlet, make_channel, make_post, add_version
from tests.newsroom.factories import make_user
from wires.models import Post
from wires.platforms.x.clock import x_id_at

now = timezone.now()
call_command("load_instruments", verbosity=0)
load_quotes(at=now)
places = [make_section(name, position=n) for n, name in enumerate(("World", "Business", "Culture"))]
agency = make_channel(
    outlet=make_outlet("Harbour Wire", affiliation="Independent agency, Port Ansel"),
    platform="x", code="HARBOUR", account="harbourwire",
)
radio = make_channel(
    outlet=make_outlet("Radio Nahr", affiliation="Public broadcaster", language="ar"),
    platform="telegram", code="A-CODE-OF-SIXTEE", account="radionahr",
)
posts = []
for n in range(60):
    at = now - timedelta(minutes=7 * n)
    if n % 3:
        posts.append(make_post(
            channel=agency, at=at, url=f"https://x.com/harbourwire/status/{x_id_at(at, n)}",
            text=f"Post {n}: the harbour master orders all vessels to hold west of Meray Light. " * 3
            + "At least eleven carriers have turned back.",
        ))
    else:
        post = make_post(channel=radio, at=at, url=f"https://t.me/radionahr/{900 + n}", text="x")
        add_version(post, text="السفن تنتظر غرب المنارة منذ منتصف الليل 🚢 " * 3 + "12", at=at, language="ar")
        posts.append(post)
body = '''The harbour master has ordered every vessel to hold west of Meray Light [@r1]. At least eleven \
carriers have turned back, the agency said; the radio counts twelve [@r1; @r2].

## What the ministry says

The ministry denies it [@r3]. [The two texts cannot both be in force.]{.own} [The strait carries a \
fifth of the grain.]{.background}

| Port | Ships |
|---|---|
| Averyveryverylongportnamewithoutanyspace | 11 [@r1] |

- https://a-long-address.example/that/goes/on/and/on/without/a/place/to/break/it/at/all/really [@r1].
'''
ports = make_topic("Averyveryverylongtopicwithoutanyspace in it", slug="ports")
ines = make_author("Ines Okonjo-Hale", bio="Writes on straits and what passes through them.")
make_site_page("About", at=now, body="## What we do\\n\\nWe report from the wire. "
               + "W" * 80 + "\\n\\n- So.")
for n in range(14):
    article = make_article(
        headline=f"Piece {chr(97 + n)} tells at some length what the notice says and what it leaves out",
        slug=f"piece-{n}", section=places[n % 3], body=body, sources=False,
        framing_note="We lead with the ships.\\n\\nThe outlets disagree on their number.",
    )
    for key, post in (("r1", posts[1]), ("r2", posts[0]), ("r3", posts[4])):
        make_source(article, key=key, post=post, position=int(key[1]))
    if n < 3:
        article.topics.add(ports)
        article.authors.add(ines)
    publishing.publish(article, by=None, at=now - timedelta(minutes=n))
Article.objects.filter(slug="piece-0").update(standfirst="Changed.")
publishing.update(Article.objects.get(slug="piece-0"), by=None, at=now, note="A clearer line.")
Post.objects.filter(pk=posts[4].pk).update(state="withdrawn", withdrawn_at=now)
add_version(posts[1], text="The harbour master has withdrawn the order.", at=now)
add_version(posts[2], text="No pilot goes on board, the harbour master says.", at=now,
            captured_by=make_user(), confirmed_by=make_user())
arabic = make_article(
    headline="سفن الحبوب تعود أدراجها من مضيق ميراي", slug="arabic", language="ar", sources=False,
    section=places[0], body="السفن تنتظر غرب المنارة [@r1]. أمر مدير الميناء السفن بالتوقف [@r2]. [لا يسري النصان معا.]{.own}",
    original=Article.objects.get(slug="piece-2"),
)
make_source(arabic, key="r1", post=posts[0])
make_source(
    arabic, key="r2", post=posts[7], position=2, translation="أمر مدير الميناء كل السفن بالتوقف غرب المنارة.",
    translated_by=make_user(), translation_confirmed_by=make_user(),
)
publishing.publish(arabic, by=None, at=now - timedelta(hours=1))
Article.objects.filter(pk=arabic.pk).update(is_demo=True)
long = make_article(
    headline="Bundesverfassungsgericht" * 8, slug="long", sources=False, section=places[1],
    body="Vessels hold west of Meray Light[@r1], the har[@r2]bour says [@r3].\\n\\n" * 60,
)
for key, post in (("r1", posts[7]), ("r2", posts[5]), ("r3", posts[8])):
    make_source(long, key=key, post=post, position=int(key[1]))
publisher, editor = make_user(group="Publisher"), make_user(group="Editor")
for found in publishing.build_snapshot(long, at=now).findings[:2]:
    act, why = (publishing.override, "reason") if found.level == "hold" else (publishing.acknowledge, "note")
    act(long, fingerprint=found.fingerprint, by=publisher, at=now, **{why: "A test."})
publishing.publish(long, by=editor, at=now)
gone = Article.objects.get(slug="piece-13")
publishing.withdraw(gone, by=None, at=now, note="It rested on a forgery.")
piece = Article.objects.get(slug="piece-0")
often = Article.objects.get(slug="piece-1")
Correction.objects.bulk_create(
    Correction(
        article=often, kind="update", at=now - timedelta(minutes=n),
        note="An earlier text gave averyveryverylongportnamewithoutanyspacethatgoesonandon another name.",
    )
    for n in range(22)
)
Correction.objects.bulk_create(
    Correction(article=piece, kind="update", at=now - timedelta(minutes=n), note=f"Note {n} on the ships.")
    for n in range(3)
)
two = publishing.Arrangement(pins=(piece.pk, often.pk), two_leads=True)
publishing.arrange_front(two, seen=0, by=None, at=now)
list(scorecards.count_all(at=now))
for name, address in (
    ("topic", "/topics/ports/"), ("sources", "/sources/"), ("methods", "/methods/"),
    ("archive", "/archive/"), ("about", "/about/"), ("front", "/"), ("article", piece.get_absolute_url()), ("arabic", arabic.get_absolute_url()),
    ("section", "/sections/world/"), ("wire", "/wire/"), ("filtered", "/wire/?platform=x&language=en"),
    ("post", posts[1].get_absolute_url()), ("withdrawn post", posts[4].get_absolute_url()),
    ("outlet", "/wire/outlets/radio-nahr/"), ("long", long.get_absolute_url()),
    ("cited", f"/wire/posts/{posts[1].pk}/versions/1/"),
    ("corrections", f"{often.get_absolute_url()}corrections/"), ("gone", gone.get_absolute_url()), ("missing", "/none/"),
    ("original", arabic.original.get_absolute_url()), ("found in arabic", "/search/?q=سفن"),
    ("found on the wire", "/search/?q=السفن&in=wire"), ("found", "/search/?q=harbour&section=world"), ("not found", "/search/?q=habrour&in=wire"),
):
    print(f"ADDRESS {name}={address}")
"""
PAGES = (
    "front", "article", "arabic", "section", "wire", "filtered", "post", "withdrawn post",
    "outlet", "corrections", "gone", "missing", "long", "cited", "found", "not found",
    "topic", "sources", "methods", "archive", "about",
)  # fmt: skip
FROM_THE_RIGHT = {
    "arabic": ".source__excerpt--translated", "original": ".byline__also [lang=ar][dir=rtl]",
    "found in arabic": ".card__head[lang=ar][dir=rtl]", "found on the wire": "main [lang=ar]",
}  # fmt: skip
ANSWERS = {"gone": 410, "missing": 404}
ARTICLE_BYTES = 30_000
ARTICLE_REQUESTS = 12
SCRIPT_BYTES = 6_000
FONT_BYTES = 60_000
# Pixels from the top of a phone, and of a strip there.
HEADLINE_BY, TEXT_BY, A_STRIP = 220, 900, 37
# Measured on twenty notes below a headline (0.00096; the line below the name 0.0007); varies only with
# whether paint or font comes first.
SHIFT_BY_ONE_PIXEL = 0.001


@pytest.fixture(scope="module")
def addresses(site):
    printed = site.run(EDITION)
    return dict(re.findall(r"^ADDRESS (.+?)=(.+)$", printed, re.MULTILINE))


def get(url):
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:  # noqa: S310 - ours
        body = answer.read()
    return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_public_pages_are_accessible(visitor, addresses, assert_accessible, width, scheme):
    page = visitor(viewport={"width": width, "height": 900}, color_scheme=scheme)

    for name in PAGES:
        assert page.goto(addresses[name]).status == ANSWERS.get(name, 200), name
        assert_accessible(page)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_pages_with_arabic_are_accessible_and_do_not_overflow(
    visitor, addresses, assert_accessible, width, scheme
):
    page = visitor(viewport={"width": width, "height": 900}, color_scheme=scheme)

    for name, place in FROM_THE_RIGHT.items():
        page.goto(addresses[name])
        # What is folded away is looked at too.
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        words = page.locator(place).first
        expect(words).to_be_visible()
        assert words.evaluate("node => getComputedStyle(node).direction") == "rtl", name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert_accessible(page)


@pytest.mark.parametrize("width", [320, 800, 1024, 2200])
def test_public_pages_do_not_overflow_sideways(visitor, addresses, width):
    page = visitor(viewport={"width": width, "height": 900})

    for name in PAGES:
        assert page.goto(addresses[name]).status == ANSWERS.get(name, 200), name
        page.evaluate(WRITE_LONGEST_DATE)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize(
    ("width", "zone"), [(390, "UTC"), (360, "Pacific/Kiritimati"), (1440, "Pacific/Kiritimati")]
)
def test_an_article_loads_without_layout_shift(visitor, addresses, width, zone):
    page = visitor(viewport={"width": width, "height": 844}, timezone_id=zone)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => {"
        "for (const entry of list.getEntries()) window.shift += entry.value;"
        "}).observe({ type: 'layout-shift', buffered: true });"
    )

    for name in ("front", "article", "wire"):
        page.goto(addresses[name], wait_until="networkidle")
        if zone != "UTC" and name == "article":
            # Added by the script, after the first paint of a slow machine.
            assert page.locator(".byline .local-time").first.is_visible()
        # The ascent of a fallback font may round to another pixel than that of the real font.
        assert page.evaluate("window.shift") < SHIFT_BY_ONE_PIXEL, name


def test_an_article_stays_within_its_size_budget(site, addresses):
    url = urljoin(site.url, addresses["article"])
    html = get(url).decode()
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    scripts = re.findall(r'<script type="module" src="([^"]+)"', html)

    script_bytes = sum(len(gzip.compress(get(urljoin(url, path)))) for path in scripts)
    style_bytes = sum(len(gzip.compress(get(urljoin(url, path)))) for path in styles)
    page_bytes = len(gzip.compress(html.encode()))

    assert styles
    assert scripts
    figures = f"page {page_bytes}, styles {style_bytes}, scripts {script_bytes}"
    assert script_bytes <= SCRIPT_BYTES, figures
    assert page_bytes + style_bytes + script_bytes <= ARTICLE_BYTES, figures


def test_fonts_are_self_hosted_and_small(page, addresses):
    fonts, foreign = {}, []

    def note(response):
        if ".woff2" in response.url:
            fonts[response.url] = len(response.body())
        if not response.url.startswith("http://127.0.0.1:"):
            foreign.append(response.url)

    page.on("response", note)
    page.goto(addresses["article"], wait_until="networkidle")

    assert foreign == []
    assert 0 < sum(fonts.values()) <= FONT_BYTES


def test_an_article_takes_few_requests(page, addresses):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(addresses["article"], wait_until="networkidle")

    assert sum("/static/css/" in url for url in asked) == 1
    assert sum("/static/js/" in url for url in asked) == 1
    assert len(asked) <= ARTICLE_REQUESTS, asked


def test_the_news_of_an_article_begins_high_on_a_phone(visitor, addresses):
    page = visitor(viewport={"width": 360, "height": 800})
    page.goto(addresses["article"], wait_until="networkidle")

    top = "node => node.getBoundingClientRect().top"
    # The quotes count as the one line that each strip is to have.
    quotes = page.locator(".markets").bounding_box()["height"] - A_STRIP
    assert page.locator("h1").evaluate(top) - quotes <= HEADLINE_BY
    assert page.locator(".prose p").first.evaluate(top) - quotes <= TEXT_BY


def test_magnified_four_times_the_headline_stands_on_the_first_screen(visitor, addresses):
    page = visitor(viewport={"width": 320, "height": 200})
    page.goto(addresses["article"], wait_until="networkidle")

    assert page.locator("h1").bounding_box()["y"] < 160


def test_a_whole_card_leads_to_its_article_which_shows_the_readers_hour(visitor, addresses):
    page = visitor(timezone_id="Asia/Tokyo")
    page.goto(addresses["front"])
    # At the place of these words the link lies above them.
    page.locator(".card--lead .card__meta").first.click(force=True)

    assert page.locator("h1.article__headline").is_visible()
    assert "GMT+9" in page.locator(".byline__times").inner_text()


@pytest.mark.parametrize("name", ["article", "long", "arabic"])
def test_notes_stand_at_their_sentences_and_never_on_each_other(visitor, addresses, name):
    page = visitor(viewport={"width": 1440, "height": 900})
    page.goto(addresses[name], wait_until="networkidle")

    boxes = page.locator(".article__notes .note").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(box => [box.top, box.bottom, box.left])"
    )
    sentence = page.locator(".cite").first.bounding_box()
    text = page.locator(".prose").bounding_box()

    assert boxes
    assert all(one[1] <= two[0] for one, two in pairwise(boxes))
    assert all(box[2] >= text["x"] + text["width"] for box in boxes)
    assert boxes[0][0] <= sentence["y"] + sentence["height"]


def test_a_note_leads_to_the_words_of_the_cited_version(visitor, addresses):
    page = visitor(viewport={"width": 1440, "height": 900})
    page.goto(addresses["article"])

    # A note without marked words shows how the post begins, and leads to the whole of it.
    page.locator(".note__words:not(.note__words--whole) a:visible").first.click()

    expect(page.locator(":target")).to_have_count(1)
    sentence = page.url.rpartition("-")[2]
    page.locator(":target").click()
    assert page.url.endswith(f"#{sentence}")


@pytest.mark.parametrize("act", ["click", "tap", "Enter"])
def test_a_mark_opens_the_words_behind_its_sentence_in_one_act(visitor, addresses, act):
    page = visitor(viewport={"width": 360, "height": 800}, has_touch=True)
    page.goto(addresses["article"], wait_until="networkidle")
    mark = page.locator("#s2 [role=doc-noteref]").first
    mark.press("Enter") if act == "Enter" else getattr(mark, act)()

    note = page.locator(".prose .note")
    assert note.get_by_role("link", name="Harbour Wire").is_visible()
    assert "eleven" in note.inner_text()
    assert mark.get_attribute("aria-expanded") == "true"
    mark.click()
    assert note.count() == 0


def test_a_mark_links_to_its_source_and_back_without_script(visitor, addresses):
    page = visitor(java_script_enabled=False)
    page.goto(addresses["article"])

    page.locator("[role=doc-noteref]").first.click()
    assert page.url.endswith("#source-r1")
    page.locator("#source-r1 [role=doc-backlink]").first.click()

    assert page.url.endswith("#s1")


@pytest.mark.parametrize("name", PAGES)
def test_every_public_page_works_without_script(visitor, addresses, name):
    page = visitor(java_script_enabled=False)

    page.goto(addresses[name])

    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()


def test_the_wire_is_filtered_without_script(visitor, addresses):
    page = visitor(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page.goto(addresses["wire"])

    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Outlet").select_option("Radio Nahr")
    page.get_by_role("button", name="Apply filters").click()

    assert "outlet=radio-nahr" in page.url
    assert set(page.locator(".post__code").all_inner_texts()) == {"A-CODE-OF-SIXTEE"}


def test_an_archived_post_and_its_article_link_to_each_other(page, addresses):
    page.goto(addresses["article"])

    page.locator("#source-r1").get_by_role("link", name="What changed").click()
    assert page.locator("#changes").is_visible()
    page.locator("#articles a").first.click()

    assert "/piece-" in page.url
    assert page.url.endswith("#source-r1")


def test_a_truncated_arabic_headline_keeps_its_beginning(visitor, addresses):
    page = visitor(viewport={"width": 360, "height": 800})
    page.goto(addresses["front"])

    words = page.locator(".wire-strip__text[lang=ar]").first

    assert words.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert words.evaluate("node => node.scrollWidth > node.clientWidth")


def test_an_article_in_arabic_is_set_right_to_left(page, addresses):
    page.goto(addresses["arabic"])

    assert page.locator(".prose").evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert (
        page.locator(".article__rail").evaluate("node => getComputedStyle(node).direction") == "ltr"
    )


def test_the_printed_page_keeps_the_ledger_with_its_addresses(page, addresses):
    page.goto(addresses["article"])

    page.emulate_media(media="print")

    assert page.locator("#source-r1").get_by_text("x.com/harbourwire/status/").is_visible()
    assert page.locator("#source-r1 blockquote").is_visible()
    assert not page.locator(".wire-strip").is_visible()
    assert not page.locator(".markets").is_visible()
    assert not page.locator(".sections").is_visible()


def test_the_live_wire_refreshes_in_place(page, site, addresses):
    page.clock.install()
    page.goto(addresses["article"], wait_until="networkidle")
    site.run(
        "from django.utils import timezone\nfrom tests.wires.factories import make_post\n"
        "from wires import generations\nfrom wires.models import Channel\n"
        "make_post(channel=Channel.objects.get(code='HARBOUR'), text='It has just come in.',"
        " at=timezone.now())\ngenerations.bump('wire')"
    )

    page.clock.fast_forward(25_000)

    page.locator(".wire-strip").get_by_text("It has just come in.").wait_for()


def test_the_live_wire_does_not_change_under_a_pointer(page, site, addresses):
    page.clock.install()
    page.goto(addresses["article"], wait_until="networkidle")
    strip = page.locator(".wire-strip__window")
    first = strip.get_by_role("link").first
    before = first.inner_text()
    page.clock.fast_forward(17_000)
    first.hover()
    site.run(
        "from django.utils import timezone\nfrom tests.wires.factories import make_post\n"
        "from wires import generations\nfrom wires.models import Channel\n"
        "make_post(channel=Channel.objects.get(code='HARBOUR'), text='While you point at it.',"
        " at=timezone.now())\ngenerations.bump('wire')"
    )

    page.clock.fast_forward(4_000)
    page.wait_for_load_state("networkidle")
    assert first.inner_text() == before

    page.clock.fast_forward(20_000)
    strip.get_by_text("While you point at it.").wait_for()


def test_every_click_target_is_large_enough(visitor, addresses):
    page = visitor(viewport={"width": 360, "height": 800})

    for name in ("front", "wire", "post"):
        page.goto(addresses[name])
        targets = page.evaluate(
            "[...document.querySelectorAll('nav a, .pager a, .tag a, .site-foot a, button')]"
            ".filter(node => node.getClientRects().length)"
            ".map(node => [node.getBoundingClientRect().height, node.outerHTML])"
        )
        assert len(targets) > 5, name
        assert [html for height, html in targets if height < 24] == [], name
