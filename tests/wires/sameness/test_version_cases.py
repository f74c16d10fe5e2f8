"""What makes a version and what does not, by kinds: bodies in time, and the versions that stand."""

import pytest
import time_machine

from tests.clock import NOON, later
from tests.commands import run_command
from tests.wires.factories import make_channel
from tests.wires.sameness.feeds import (
    Case,
    atom,
    check,
    item,
    json_feed,
    read_case,
    rss,
    telegram,
)
from wires import retention
from wires.ingest import read_body
from wires.models import Capture, Channel, Post, PostVersion
from wires.platforms import parse
from wires.retention import keep_screenshot

pytestmark = pytest.mark.django_db

TITLE = "Ice closes the outer basin"
LEAD = "<p>The harbour office closed the outer basin on Thursday after two pilots reported ice.</p>"
SECOND = "<p>Nine ships wait at anchor; their owners were told to expect a day of delay.</p>"
THIRD = "<p>A tug from Calvera will try the channel in the morning, said its captain.</p>"
WHOLE = LEAD + SECOND + THIRD


def told(name, *bodies, versions=1, build=rss, **fields):
    """Make a case of one story whose body is each of these in turn."""
    bodies = tuple(build(item(TITLE, body=body)) for body in bodies)
    return Case(name, bodies, [f"{versions} {TITLE}"], **fields)


def footed(name, footer, *, build=rss):
    """Make a case of three stories that all get this footer in the second reading."""
    stories = [
        item(
            f"{word} at the quay",
            f"n/{n}",
            body=f"<p>{word} was all that people spoke of, {n * 37} of them.</p>",
        )
        for n, word in enumerate(("Bread", "Grain", "Amber"))
    ]
    after = [
        item(s.title, s.link, body=s.body + footer.format(n=n, title=s.title))
        for n, s in enumerate(stories)
    ]
    return Case(name, (build(*stories), build(*after)), [f"1 {s.title}" for s in stories])


DRESS = (
    told("links in the body move to https", LEAD + '<p><a href="http://office.example/notice">The notice</a></p>', LEAD + '<p><a href="https://office.example/notice">The notice</a></p>'),
    told("a bare address in the words moves to https", LEAD + "<p>See http://office.example/notice</p>", LEAD + "<p>See https://office.example/notice</p>"),
    told("campaign parameters in a link of the body", LEAD + '<p><a href="https://office.example/n?utm_source=a&amp;utm_id=1">Notice</a></p>', LEAD + '<p><a href="https://office.example/n?fbclid=Zq9">Notice</a></p>'),
    told("the size and signature of a picture", '<img src="https://cdn.example/a.jpg?w=320&amp;sig=aa">' + LEAD, '<img src="https://cdn.example/a.jpg?w=640&amp;sig=bb">' + LEAD),
    told("line breaks for paragraphs, and spaces", LEAD + SECOND, "<div>" + LEAD.replace("<p>", "").replace("</p>", "<br><br>\n ") + SECOND.replace("<p>", "").replace("</p>", "") + "</div>"),
    told("curly quotation marks for straight ones", '<p>"It\'s shut," the office\'s clerk said.</p>', "<p>“It’s shut,” the office’s clerk said.</p>"),
    told("guillemets for straight quotation marks", '<p>"Закрыто", сказал лоцман.</p>', "<p>«Закрыто», сказал лоцман.</p>"),
    told("an ellipsis and a dash of one character", "<p>Shut... until dawn - or later.</p>", "<p>Shut… until dawn – or later.</p>"),
    told("accents in two characters for one", "<p>Le quai fermé à Orléans.</p>", "<p>Le quai fermé à Orléans.</p>"),
    told("no-break and thin spaces in a number", "<p>Losses of 12 000 euros were named.</p>", "<p>Losses of 12\u202f000 euros were\u00a0named.</p>"),
)  # fmt: skip
COUNTERS = (
    told("a number of comments in German", LEAD + "<p>Kommentare (12)</p>", LEAD + "<p>Kommentare (19)</p>"),
    told("views in Russian", LEAD + "<p>Просмотров: 1 204</p>", LEAD + "<p>Просмотров: 1 377</p>"),
    told("shares and likes in one line", LEAD + "<p>👍 120 · 🔁 8 · 1.2K shares</p>", LEAD + "<p>👍 141 · 🔁 9 · 1.3K shares</p>"),
    told("minutes of reading and times read", "<p>4 min read · Read 880 times</p>" + LEAD, "<p>5 min read · Read 1,023 times</p>" + LEAD),
    told("how long ago it was", "<p>Updated 3 minutes ago</p>" + LEAD, "<p>Updated 2 hours ago</p>" + LEAD),
    told("a count of the dead is no counter", LEAD + "<p>3 dead, 12 hurt</p>", LEAD + "<p>4 dead, 12 hurt</p>", versions=2),
    told("a comment on figures is no counter", "<p>The minister’s comment: 12 ships were lost.</p>", "<p>The minister’s comment: 14 ships were lost.</p>", versions=2),
    told("views of a poll are no counter", "<p>The views of 340 readers were asked.</p>", "<p>The views of 430 readers were asked.</p>", versions=2),
)  # fmt: skip
BLOCKS = (
    told("an advertisement between paragraphs", LEAD + SECOND, LEAD + '<div class="ad-slot">Advertisement<br>Buy boats at Harbour Motors</div>' + SECOND),
    told("an advertisement that rotates, in German", LEAD + '<div class="anzeige">Anzeige: Boote bei Ruder AG</div>' + SECOND, LEAD + '<div class="anzeige">Anzeige: Segel bei Mast GmbH</div>' + SECOND),
    told("read also, in Finnish", LEAD + SECOND, LEAD + '<p>Lue myös: <a href="https://wire.example/n/8">Jää sulki väylän</a></p>' + SECOND),
    told("read also, in Russian and bold", LEAD + '<p><b>Читайте также:</b> <a href="https://wire.example/n/8">Лед закрыл порт</a></p>', LEAD + '<p><b>Читайте также:</b> <a href="https://wire.example/n/9">Буксир вышел в море</a></p>'),
    told("a list of related stories under a heading", LEAD + '<h3>Related stories</h3><ul><li><a href="https://wire.example/n/2">Bread</a></li></ul>', LEAD + '<h3>Related stories</h3><ul><li><a href="https://wire.example/n/3">Amber</a></li><li><a href="https://wire.example/n/4">Grain</a></li></ul>'),
    told("a by-line put in front", WHOLE, "<p>By Ines Okonjo-Hale</p>" + WHOLE),
    told("a by-line with place and date put in front", WHOLE, "<p><em>By Ines Okonjo-Hale, harbour reporter</em></p>" + WHOLE),
    told("a by-line in French put in front", WHOLE, "<p>Par Inès Okonjo</p>" + WHOLE),
    told("a sentence that begins with by is words", "<p>By noon the port was shut.</p>", "<p>By dusk the port was shut.</p>", versions=2),
    footed("appeared first on", '<p>The post <a href="https://wire.example/n/{n}">{title}</a> appeared first on <a href="https://wire.example/">Harbour Wire</a>.</p>'),
    footed("follow us on all networks", "<p>Follow us on Telegram and WhatsApp. Send tips to tips@wire.example.</p>"),
    footed("a line of rights in a JSON feed", "<p>© 2026 Harbour Wire. All rights reserved.</p>", build=json_feed),
    footed("a footer that no list of phrases has", "<p>Harbour Wire is read in nineteen ports; tell your crew.</p>", build=atom),
    Case(
        "a footer put under every message of a Telegram channel",
        (
            telegram((7, "Port closed."), (8, "Tug sent."), (9, "Ice breaks.")),
            telegram(*((n, f'{t}<br/><br/><a href="https://t.me/harbournews">Subscribe to Harbour</a>') for n, t in ((7, "Port closed."), (8, "Tug sent."), (9, "Ice breaks.")))),
        ),
        ["1 Port closed.", "1 Tug sent.", "1 Ice breaks."],
        channel={"platform": "telegram", "account": "harbournews"},
    ),
)  # fmt: skip
PLAIN = " ".join(p.removeprefix("<p>").removesuffix("</p>") for p in (LEAD, SECOND, THIRD))
TURNS = (
    told("whole, then the first sentences and dots", WHOLE, PLAIN[:120] + "…", WHOLE),
    told("summary first: the whole is a version, and kept", LEAD, WHOLE, LEAD, WHOLE, versions=2, text="\n\n".join(p[3:-4] for p in (LEAD, SECOND, THIRD))),
    told("the summary ends in a link to go on reading", WHOLE, LEAD + '<p><a href="https://wire.example/n/1">Read more</a></p>'),
    told("a correction that shortens is a version", "<p>Two pilots reported ice and one was hurt, the office said.</p>", "<p>Two pilots reported ice, the office said.</p>", versions=2),
    told("a paragraph lost from the middle is a version", WHOLE, LEAD + THIRD, versions=2),
)  # fmt: skip


def titled(name, *titles, stand, **fields):
    return Case(name, tuple(rss(item(title)) for title in titles), stand, **fields)


RETURNS = (
    Case(
        "a body that is taken back within the day",
        tuple(rss(item(TITLE, body=body)) for body in (THIRD, "<p>The channel is open to tugs alone.</p>", THIRD)),
        [f"2 {TITLE}"],
        reverts=1,
    ),
    titled("three headlines by turns", *("Ice in the basin", "Basin shut by ice", "Pilots find ice") * 3, stand=["3 Pilots find ice"]),
    titled("back after two days", "Ice in the basin", "Basin shut by ice", "Ice in the basin", stand=["3 Ice in the basin"], hours=(0, 1, 50)),
    titled("by turns on a cited post", "Ice in the basin", "Basin shut by ice", "Ice in the basin", stand=["3 Ice in the basin"], cited=True),
    titled("by turns with another number", "Nine ships wait", "Ten ships wait", "Nine ships wait", stand=["3 Nine ships wait"]),
    titled("by turns with a negation", "Office will close the basin", "Office will not close the basin", "Office will close the basin", stand=["3 Office will close the basin"]),
    titled("by turns with other words in quotes", "Clerk: “It is over”", "Clerk: “It is far from over”", "Clerk: “It is over”", stand=["3 Clerk: “It is over”"]),
    titled("by turns with a number word in German", "Neun Schiffe warten", "Zehn Schiffe warten", "Neun Schiffe warten", stand=["3 Neun Schiffe warten"]),
    titled("by turns with a contracted negation", "Port is open, clerk says", "Port isn’t open, clerk says", "Port is open, clerk says", stand=["3 Port is open, clerk says"]),
)  # fmt: skip


ICE = [rss(item("Ice", body=f"<p>The basin is {word}.</p>")) for word in ("shut", "open")]


@pytest.mark.parametrize(
    ("hours", "versions", "reverts"),
    [((0, 1, 2, 3), 2, 1), ((0, 1, 2, 26), 3, 1), ((0, 1, 30, 31), 3, 0)],
)
def test_the_very_bytes_from_before_an_edit_are_read_again(hours, versions, reverts):
    channel = make_channel()
    shut, opened = ICE
    for n, body in zip(hours, (shut, opened, shut, shut + b"\n"), strict=True):
        read_body(channel, body, at=later(hours=n), parse=parse)

    post = Post.objects.get()
    assert (post.versions.count(), post.reverts) == (versions, reverts)
    assert post.latest_version.text == f"The basin is {'shut' if versions == 3 else 'open'}."
    assert (post.went_back_at is None) == (versions == 3)


def test_a_figure_that_goes_back_is_a_version_though_the_bytes_were_read_before():
    channel = make_channel()
    nine, ten = (rss(item(f"{n} ships wait")) for n in (9, 10))
    for n, body in enumerate((nine, ten, nine, nine)):
        read_body(channel, body, at=later(hours=n), parse=parse)

    assert [v.title for v in PostVersion.objects.order_by("n")] == [
        "9 ships wait",
        "10 ships wait",
        "9 ships wait",
    ]


def test_the_bytes_that_a_version_rests_on_are_kept_again():
    channel = make_channel()
    shut, opened = ICE
    for n, body in zip((0, 1), (shut, opened), strict=True):
        read_body(channel, body, at=later(hours=n), parse=parse)
    # What an uncited post rests on is kept for a month.
    Capture.objects.update(body=None)

    read_body(channel, shut, at=later(days=40), parse=parse)

    assert Post.objects.get().latest_version.capture.body is not None


def test_files_that_are_imported_again_after_days_add_nothing(tmp_path):
    for n, word in enumerate(("shut", "open")):
        body = rss(item("Ice", body=f"<p>The basin is {word}.</p>"))
        (tmp_path / f"{n}.xml").write_bytes(body)
    make_channel(code="ICE")

    for days in (0, 3):
        with time_machine.travel(later(days=days)):
            run_command("import_posts", tmp_path, channel="ICE")

    assert PostVersion.objects.count() == 2


WORDS = ("amber", "bread", "coal", "drapes", "eels", "flax", "grain")
FOLDED = (
    titled("seven headlines in an afternoon", *(f"Ship brings {word} to the quay" for word in WORDS), stand=["4 Ship brings grain to the quay"]),
    titled("seven headlines of a cited post", *(f"Ship brings {word} to the quay" for word in WORDS), stand=["7 Ship brings grain to the quay"], cited=True),
    titled("seven headlines over seven days", *(f"Ship brings {word} to the quay" for word in WORDS), stand=["7 Ship brings grain to the quay"], hours=tuple(range(0, 7 * 26, 26))),
    titled("seven counts of the hurt", *(f"{n} hurt at the quay" for n in range(2, 9)), stand=["7 8 hurt at the quay"]),
)  # fmt: skip


@pytest.mark.parametrize("case", DRESS, ids=lambda case: case.name)
def test_the_same_words_in_another_dress_make_no_version(case):
    check(case)


@pytest.mark.parametrize("case", COUNTERS, ids=lambda case: case.name)
def test_a_counter_makes_no_version_and_a_number_of_the_story_does(case):
    check(case)


@pytest.mark.parametrize("case", BLOCKS, ids=lambda case: case.name)
def test_what_a_site_puts_around_its_words_makes_no_version(case):
    check(case)


@pytest.mark.parametrize("case", TURNS, ids=lambda case: case.name)
def test_whole_and_summary_are_one_and_the_longer_words_stand(case):
    check(case)


@pytest.mark.parametrize("case", RETURNS, ids=lambda case: case.name)
def test_words_that_return_within_a_day_make_no_version_unless_it_matters(case):
    check(case)


@pytest.mark.parametrize("case", FOLDED, ids=lambda case: case.name)
def test_more_than_four_versions_in_a_day_are_folded_unless_it_matters(case):
    check(case)


def test_folded_words_keep_their_captures_and_their_numbers():
    check(FOLDED[0])

    post = Post.objects.get()
    numbers = post.versions.order_by("n").values_list("n", flat=True)
    assert (list(numbers), post.latest_version.n) == ([1, 2, 3, 7], 7)
    assert [version.is_folded for version in post.versions.order_by("n")] == [False] * 3 + [True]
    assert Capture.objects.filter(body__isnull=False).count() == 7


def test_readers_and_the_desk_are_told_of_words_that_were_folded(client, log_in):
    check(FOLDED[0])
    post = Post.objects.get()

    page = client.get(f"/wire/posts/{post.pk}/").content.decode()
    desk = log_in("Wire desk").get(f"/desk/wires/post/{post.pk}/change/").content.decode()

    assert "edited so often that day that words before it were not kept" in page
    assert "so often that day that the words before these were not kept" in desk


def test_evidence_of_a_version_keeps_it_from_being_folded():
    read_case(Case("", FOLDED[0].bodies[:4], []))
    fourth = PostVersion.objects.get(n=4)
    keep_screenshot(fourth, b"a picture", sha256="0" * 64, at=NOON)

    channel = Channel.objects.get()
    read_body(channel, FOLDED[0].bodies[4], at=later(hours=4), parse=parse)

    numbers = PostVersion.objects.order_by("n").values_list("n", "title")
    assert [n for n, _ in numbers] == [1, 2, 3, 4, 5]
    fifth = PostVersion.objects.get(n=5)
    assert fifth.changes == [[*change] for change in fifth.changes_since(fourth)]
    assert not PostVersion.objects.get(n=5).is_folded


def test_an_erasure_reaches_the_captures_of_folded_words():
    check(FOLDED[0])

    retention.erase(Post.objects.get(), reason="court order", by=None, at=later(hours=9))

    assert not Capture.objects.filter(body__isnull=False).exists()
