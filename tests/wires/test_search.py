"""Posts are found by their words on both databases, and only by what their reader may see."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.search_tables import all_that_is_in
from tests.wires.documents import document, raw
from tests.wires.factories import add_version, make_channel, make_outlet, make_post, withdraw
from wires import ingest, search
from wires.ingest import store
from wires.models import Post
from wires.pruning.posts import prune_posts
from wires.retention import erase

pytestmark = pytest.mark.django_db


def find(text, *, is_public=False, most=50, at=NOON, **page):
    query = search.SearchQuery.read(text, at=at)
    keys = search.find_keys(query, most=most, is_public=is_public, **page)
    return search.posts_of(keys)


def titles(text, **options):
    posts = Post.objects.select_related("latest_version", "unconfirmed_version")
    rows = posts.in_bulk(find(text, **options))
    return [rows[pk].newest_version.title for pk in find(text, **options)]


@pytest.mark.parametrize(
    ("asked", "words", "language"),
    [
        ("harbour", "The HARBOUR is closed", "en"),
        ("closing harbours", "The harbour closes", "en"),
        ("strike", "The port is struck by strikes", "en"),
        ("élections", "Les elections de mai", "fr"),
        ("elections", "L’élection présidentielle", "fr"),
        ("muenchen", "Muenchen", "de"),
        ("Munchen", "München feiert", "de"),
        ("Lodz", "Łódź", "pl"),
        ("السلام", "اتفاق السَّلَام", "ar"),
        ("税金", "政府が税金を上げる", "ja"),
        ("税", "政府が税金を上げる", "ja"),
        ("金", "政府の税金", "ja"),
        ("서울", "서울에서 열렸다", "ko"),
        ("हिन्दी", "यह हिन्दी है", "hi"),
        ("AT&T", "Shares of AT&T fell", "en"),
        ("U.S.", "The U.S. said so", "en"),
        ('"is closed"', "The harbour is closed", "en"),
        ("clos* gates", "Lock gates: closure", ""),
        ("“is closed", "The harbour is closed", "en"),
        # Accents without a letter: PostgreSQL takes no word that is empty.
        ("harbour", "¯\\_(ツ)_/¯ a harbour´ ´ ¨", "en"),
        ("“to harbour”", "to ´ harbour", "en"),
    ],
)
def test_search_finds_a_post_however_its_words_are_written(asked, words, language):
    make_post(title=words, text=words, language=language)
    make_post(title="Rain", text="Rain falls.")

    assert titles(asked) == [words]


@pytest.mark.parametrize(
    ("asked", "words", "language"),
    [
        ('"closed is"', "The harbour is closed", "en"),
        ('"harbours"', "The harbour is closed, said harbour masters", "en"),
        ("harbour -closed", "The harbour is closed", "en"),
        ("harbour -closing", "The harbour is closed", "en"),
        ("税上", "政府が税金を上げる", "ja"),
        ("stories", "En stor dag", "da"),
        ("harbour lang:fr", "The harbour is closed", "en"),
    ],
)
def test_search_does_not_find_a_post_that_says_something_else(asked, words, language):
    make_post(title=words, text=words, language=language)

    assert find(asked) == []


def test_while_somebody_types_a_word_may_be_the_beginning_of_another():
    post = make_post(text="The harbours are closed to ships.")

    found = [
        search.posts_of(
            search.find_keys(
                search.SearchQuery.read(text, at=NOON, is_typing=True), most=5, is_public=False
            )
        )
        for text in ("harb", "closing harb", "ship", '"harb"', "har")
    ]

    assert found == [[post.pk], [post.pk], [post.pk], [], []]


def test_quoted_single_words_are_found_in_that_form_only():
    make_post(title="Ports close", text="Ports close.")
    make_post(title="A port closes", text="A port closes.")

    assert titles('"ports"') == ["Ports close"]
    assert len(titles("ports")) == 2


def test_filters_narrow_by_outlet_platform_language_and_time():
    bbc = make_channel(outlet=make_outlet("BBC News", slug="bbc"), code="BBC1", platform="telegram")
    make_post(channel=bbc, title="Fog in Kent", at=later(hours=-1))
    make_post(channel=bbc, title="Brouillard", language="fr-CA", at=later(hours=-3))
    make_post(title="Fog elsewhere", at=later(hours=-5))

    assert titles("outlet:bbc") == ["Fog in Kent", "Brouillard"]
    assert titles('outlet:"BBC News" fog') == ["Fog in Kent"]
    assert titles("outlet:BBC1 -fog") == ["Brouillard"]
    assert titles("lang:fr") == ["Brouillard"]
    assert titles("platform:telegram since:2h") == ["Fog in Kent"]
    assert titles("since:4h until:2h") == ["Brouillard"]
    assert titles("-kent") == ["Brouillard", "Fog elsewhere"]
    assert titles("bbc1 kent") == ["Fog in Kent"]
    assert titles("outlet:gone fog") == []


def test_pages_go_on_from_a_key_in_both_directions_and_skip_nothing():
    posts = [make_post(title=f"Fog {n}", at=later(seconds=n // 2)).pk for n in range(7)]
    keys = search.find_keys(search.SearchQuery.read("fog", at=NOON), most=3, is_public=False)

    older = find("fog", most=3, older_than=keys[-1])
    back = find("fog", most=2, newer_than=search.key_of(older[0], later(seconds=1)))

    assert search.posts_of(keys) == posts[:3:-1]
    assert older == posts[3:0:-1]
    assert back == posts[5:3:-1]


def test_more_matches_than_are_sorted_come_newest_first_all_the_same(monkeypatch):
    for n in range(12):
        make_post(title="Fog" if n < 8 else f"Rain {n}", at=later(minutes=n))
    monkeypatch.setattr("wires.search.index.WALKED_FIRST", 4)
    monkeypatch.setattr("wires.search.index.MOST_SORTED", 5)

    found = find("fog", most=3)

    assert found == list(Post.objects.order_by("-wire_at").values_list("pk", flat=True)[4:7])


HIDDEN_FROM_READERS = {
    "hidden": lambda post: ingest.hide(
        post, by=make_user(group="Wire desk"), reason="Twice.", at=NOON
    ),
    "withdrawn": withdraw,
    "erased": lambda post: erase(post, reason="A court.", by=None, at=NOON),
    "pruned": lambda post: list(prune_posts(later(days=90), at=later(days=90))),
}


@pytest.mark.parametrize("what", HIDDEN_FROM_READERS)
def test_readers_find_no_post_that_is_hidden_withdrawn_erased_or_pruned(what):
    post = make_post(title="Fog in Kent")
    assert find("fog", is_public=True) == [post.pk]

    HIDDEN_FROM_READERS[what](post)

    assert find("fog", is_public=True) == []
    assert find("fog") == ([post.pk] if what in ("hidden", "withdrawn") else [])


def test_posts_that_are_back_are_found_by_readers_again():
    post, desk = make_post(title="Fog in Kent"), make_user(group="Wire desk")
    ingest.hide(post, by=desk, reason="Twice.", at=NOON)
    withdraw(post)

    ingest.unhide(post, by=desk, at=NOON)
    ingest.reinstate(post, by=desk)

    assert find("fog", is_public=True) == [post.pk]
    assert find("fog is:hidden") == []


def test_readers_search_headline_and_excerpt_and_the_desk_all_words():
    outlet = make_outlet(excerpt_length=60)
    text = "The harbour is closed to all ships until noon on Friday. " * 3 + "Secretly a dragon."
    post = make_post(channel=make_channel(outlet=outlet), title="Notice", text=text)

    assert find("harbour", is_public=True) == [post.pk]
    assert find("dragon", is_public=True) == find("-dragon harbour", is_public=True)[1:] == []
    assert find("dragon") == [post.pk]
    assert find('"ships until noon on"') == [post.pk]


def test_words_that_nobody_confirmed_are_found_at_the_desk_only():
    ada, post = make_user(group="Wire desk"), make_post(title="Fog", text="Fog.")
    entered = make_post(title="Snow", text="Snow.", captured_by=ada)
    add_version(post, title="Hail", text="Hail.", captured_by=ada)

    assert (find("snow"), find("hail")) == ([entered.pk], [post.pk])
    assert find("snow", is_public=True) == find("hail", is_public=True) == []
    assert find("fog", is_public=True) == [post.pk]
    assert find("is:unconfirmed") == [post.pk, entered.pk][::-1]


def test_ingest_indexes_new_words_and_forgets_those_that_an_edit_replaced():
    channel = make_channel()
    store(channel, document(raw("Fog in Kent", link="https://h.example/1", text="Fog.")), at=NOON)
    edited = raw("Sun in Kent", link="https://h.example/1", text="Sun shines.")

    store(channel, document(edited), at=later(hours=1))

    assert find("fog") == []
    assert titles("sun is:edited") == ["Sun in Kent"]


def test_an_erasure_leaves_no_word_in_the_tables_of_the_index():
    post = make_post(title="Zanzibar", text="Zanzibar.")
    make_post(title="Fog")

    erase(post, reason="A court.", by=None, at=NOON)

    kept = all_that_is_in(search.POSTS)
    assert "fog" in kept
    assert "zanzibar" not in kept


HOSTILE = [
    '"', '""', "AT&T", "x" * 10_000, "fog " * 2_500, "🌫️", "-fog", "-", "--", "*", "NOT", "a OR b",
    "NEAR(a b)", "head:fog", "{head} : fog", "'", "\\", "fog' | 'x", "a:* & !b", "(", "outlet:",
    "outlet:gone", "since:yesterday", "until:99999h", "lang:../..", "is:open", "platform:fax",
    "\x00fog", "ﷺ", "é" * 700, "since:0001-01-01", "until:9999-12-31", "since:9999d", "fog*", "12*",
]  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_no_search_fails_whatever_is_typed(asked):
    make_post(title="Fog")

    for is_public in (True, False):
        find(asked, is_public=is_public)
        find(asked, is_public=is_public, older_than=10**18)
        find(asked, is_public=is_public, newer_than=10**18)


def test_what_a_search_cannot_read_it_says():
    read = search.SearchQuery.read

    assert read("fog", at=NOON).problems == ()
    assert read("🌫️", at=NOON).problems == ("“🌫️” has no letters or digits to search for.",)
    assert read("since:soon", at=NOON).problems == (
        "“since:soon” is no time. Write since:2h, since:3d or since:2026-06-25.",
    )
    assert "platform" in read("platform:fax", at=NOON).problems[0].lower()
    assert len(read("x" * 10_000, at=NOON).problems) == 1


def test_a_post_of_more_words_than_an_index_holds_is_found_by_its_first():
    letters = str.maketrans("0123456789", "".join(map(chr, range(0x10428, 0x10432))))
    words = " ".join(f"{n:064}".translate(letters) for n in range(4_500))

    make_post(title="A harbour", text=words)

    assert titles("harbour") == ["A harbour"]
    assert titles(words[:64]) == ["A harbour"]


def test_rebuilding_writes_the_rows_of_every_post_again():
    post = make_post(title="Fog")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM wires_search")
    assert search.POSTS.is_empty()

    call_command("rebuild_search", verbosity=0)

    assert find("fog") == [post.pk]


def test_a_search_costs_few_queries(django_assert_max_num_queries):
    post = make_post(title="Fog")
    query = search.SearchQuery.read("fog -rain lang:en", at=NOON)

    with django_assert_max_num_queries(1 if connection.vendor == "sqlite" else 2):
        keys = search.find_keys(query, most=51, is_public=True)

    assert search.posts_of(keys) == [post.pk]


def test_no_search_reads_the_whole_table():
    if connection.vendor != "postgresql":
        pytest.skip("FTS5 has no plan but its own")
    make_post(title="Fog")
    plans = []

    def explain(execute, sql, parameters, many, context):
        if search.POSTS.table in sql and "EXPLAIN" not in sql:
            allow, asked, allow_all = sql.split("; ")
            with connection.cursor() as cursor:
                cursor.execute(f"{allow}; EXPLAIN {asked}; {allow_all}", parameters)
                cursor.nextset()
                plans.append("\n".join(line for (line,) in cursor.fetchall()))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(explain):
        find("fog")

    assert len(plans) == 2
    assert "Index Scan Backward" in plans[0]
    assert "Bitmap" in plans[1]
    assert not any("Seq Scan" in plan for plan in plans)
