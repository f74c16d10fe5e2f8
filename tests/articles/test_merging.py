"""Two drafts made of one: whose change counts, what is asked, and what the form sends then."""

import pytest
from django.http import QueryDict

from articles.forms.differing import LABELS, differences, sources_in_words
from articles.forms.drafts import FIELDS, OF_SOURCE, Draft
from articles.forms.merging import choose, fill, merge

EMPTY = {"id": "", "post": "", "key": "", "role": "basis", "note": "", "translation": "",
         "passages": "[]", "position": "0"}  # fmt: skip


def source(id="", **fields):
    return EMPTY | {"id": id, "post": "7"} | fields


def draft(*sources, **fields):
    return Draft(fields=fields, sources=sources)


def merged(mine, theirs, base):
    """Return the sources that both make, whether theirs were taken, and whether it asks."""
    done = merge(draft(*mine), theirs=draft(*theirs), base=base and draft(*base))
    asks = [each.name for each in done.conflicts]
    return [*done.draft.sources], "sources" in done.taken, "sources" in asks


# Fields


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "public_note"])
@pytest.mark.parametrize(
    ("mine", "theirs", "was", "becomes", "is_taken", "is_asked"),
    [
        ("A", "A", "A", "A", False, False),
        ("A", "B", "A", "B", True, False),
        ("B", "A", "A", "B", False, False),
        ("B", "B", "A", "B", False, False),
        ("B", "C", "A", "B", False, True),
        ("", "B", "", "B", True, False),
        ("", "A", "A", "", False, False),
        ("A", "", "A", "", True, False),
        ("A", "B", None, "A", False, True),
        ("A", "A", None, "A", False, False),
    ],
)  # fmt: skip
def test_a_field_is_that_of_who_changed_it_and_is_asked_for_where_both_did(
    name, mine, theirs, was, becomes, is_taken, is_asked
):
    other = {"headline" if name != "headline" else "body": "The same."}

    done = merge(
        draft(**other | {name: mine}),
        theirs=draft(**other | {name: theirs}),
        base=None if was is None else draft(**other | {name: was}),
    )

    assert done.draft.fields == other | {name: becomes}
    assert done.taken == ((name,) if is_taken else ())
    asked = [(each.name, each.earlier, each.later) for each in done.conflicts]
    assert asked == ([(name, theirs, mine)] if is_asked else [])
    assert done.labels == (LABELS[name].lower() if is_taken else "")


def test_a_public_note_is_always_the_own_one():
    done = merge(
        draft(public_note="Mine."), theirs=draft(public_note=""), base=draft(public_note="Mine.")
    )

    assert (done.draft.fields, done.taken, done.conflicts) == ({"public_note": "Mine."}, (), ())


def test_a_field_that_the_form_did_not_send_is_not_made_up():
    done = merge(draft(body="A"), theirs=draft(body="A", headline="B"), base=draft(body="A"))

    assert done.draft.fields == {"body": "A"}


def test_what_was_taken_is_named_in_the_order_of_the_form():
    mine, base = draft(headline="A", body="A"), draft(headline="A", body="A")
    theirs = draft(source("1"), headline="B", body="B")

    done = merge(mine, theirs=theirs, base=base)

    assert done.labels == "headline, body, wire sources"


def test_of_each_conflict_theirs_or_mine_is_chosen():
    mine = draft(source("1", note="Mine."), headline="M", body="M", language="M")
    theirs = draft(source("1", note="Theirs."), headline="T", body="T")
    data = QueryDict("choice-headline=theirs&choice-body=mine&choice-language=theirs&headline=M")

    chosen = choose(data, mine, theirs=theirs)

    assert chosen.fields == {"headline": "T", "body": "M", "language": ""}
    assert chosen.sources == mine.sources
    sources = choose(QueryDict("choice-sources=theirs"), mine, theirs=theirs)
    assert (sources.sources, sources.fields) == (theirs.sources, mine.fields)


# Sources


@pytest.mark.parametrize("name", ["post", *(name for name in OF_SOURCE if name != "position")])
def test_each_field_of_a_source_is_that_of_who_changed_it_and_asked_for_where_both_did(name):
    was, other = source("1"), source("2", key="r2", post="8")

    def with_(text):
        return [was | {name: text}, other]

    base = [was, other]
    assert merged(base, with_("9"), base) == (with_("9"), True, False)
    assert merged(with_("9"), base, base) == (with_("9"), False, False)
    assert merged(with_("9"), with_("9"), base) == (with_("9"), False, False)
    assert merged(with_("9"), with_("5"), base) == (with_("9"), False, True)
    assert merged(with_("9"), with_("5"), None) == (with_("9"), False, True)


def test_the_order_of_sources_is_never_asked_for():
    was = source("1")
    mine, theirs = was | {"position": "1"}, was | {"position": "2"}

    assert merged([mine], [theirs], [was]) == ([mine], False, False)
    assert merged([was], [theirs], [was]) == ([theirs], False, False)
    assert merged([mine], [theirs], None) == ([mine], False, False)


def test_a_source_that_they_changed_and_moved_counts_as_theirs():
    was, other = source("1"), source("2", post="8")
    theirs = was | {"note": "Theirs.", "position": "2"}

    assert merged([was, other], [theirs, other], [was, other]) == ([theirs, other], True, False)


def test_a_source_that_they_added_comes_last_and_counts_as_theirs():
    old, new = source("1"), source("2", post="8")

    assert merged([old], [old, new], [old]) == ([old, new], True, False)


def test_a_source_that_i_removed_and_they_left_as_it_was_goes():
    old, other = source("1"), source("2", post="8")
    moved = old | {"position": "3"}

    assert merged([other], [moved, other], [old, other]) == ([other], False, False)


@pytest.mark.parametrize("name", ["post", *(name for name in OF_SOURCE if name != "position")])
def test_a_source_that_i_removed_and_they_changed_is_asked_for(name):
    old, other = source("1"), source("2", post="8")

    assert merged([other], [old | {name: "9"}, other], [old, other]) == ([other], False, True)


def test_without_a_beginning_a_source_that_the_form_lacks_is_asked_for():
    old, other = source("1"), source("2", post="8")

    assert merged([other], [old, other], None) == ([other], False, True)


def test_a_source_that_they_removed_and_i_left_as_it_was_goes():
    old, other = source("1"), source("2", post="8")

    assert merged([old, other], [other], [old, other]) == ([other], True, False)


def test_a_source_that_they_removed_and_i_changed_is_a_new_one():
    old, other = source("1"), source("2", post="8")
    mine = old | {"note": "Mine."}

    assert merged([mine, other], [other], [old, other]) == (
        [mine | {"id": ""}, other],
        False,
        False,
    )


def test_a_new_source_is_the_stored_one_of_the_same_post_and_key():
    mine = source(post="8", key="a", note="Mine.")
    theirs = [source("1", post="7", key="a"), source("2", post="8", key="b"),
              source("3", post="8", key="a")]  # fmt: skip

    rows, _, is_asked = merged([mine], theirs, [])

    assert rows == [mine | {"id": "3"}, *theirs[:2]]
    assert is_asked


def test_a_new_source_without_a_key_takes_that_of_the_stored_one_and_nothing_is_asked():
    theirs = source("3", post="8", key="r1")

    assert merged([source(post="8")], [theirs], []) == ([theirs], False, False)


def test_two_new_sources_of_one_post_are_two_stored_ones():
    theirs = [source("3", post="8", key="r1"), source("4", post="8", key="r2")]

    assert merged([source(post="8"), source(post="8")], theirs, []) == (theirs, False, False)


def test_two_sources_with_one_key_are_asked_for_and_two_without_a_key_are_not():
    base = [source("1", key="r1")]
    added = source("2", post="8", key="h1")

    assert merged([*base, source(post="9", key="h1")], [*base, added], base)[2]
    assert not merged([*base, source(post="9")], [*base, added | {"key": ""}], base)[2]


def test_the_sources_in_conflict_are_shown_in_words():
    was = source("1", key="r1")
    mine = draft(was | {"note": "Mine."}, source(translation="Mein."))

    done = merge(mine, theirs=draft(was | {"note": "Theirs."}), base=draft(was))

    (asked,) = done.conflicts
    assert (asked.label, asked.earlier) == ("Wire sources", "r1 – basis – Theirs.")
    assert asked.later == "r1 – basis – Mine.\nnew – basis – Mein."


# Back into the form


def sent(*rows, **fields):
    data = QueryDict(mutable=True)
    data.update(fields | {"wire_sources-TOTAL_FORMS": str(len(rows))})
    for n, row in enumerate(rows):
        data.update({f"wire_sources-{n}-{name}": text for name, text in row.items()})
    return data


def rows_of(data):
    total = int(data["wire_sources-TOTAL_FORMS"])
    return [
        {key.split("-", 2)[2]: text for key, text in data.items()
         if key.startswith(f"wire_sources-{n}-")}
        for n in range(total)
    ]  # fmt: skip


def test_a_filled_form_has_the_stored_rows_first_and_removes_those_that_the_draft_lacks():
    one, two = source("1", key="r1"), source("2", post="8", key="r2")
    new = source("9", post="9", key="h1")

    filled = fill(sent(one), draft(new, two, headline="H"), stored=draft(one, two))

    assert rows_of(filled) == [one | {"DELETE": "on"}, two, new | {"id": ""}]
    assert filled["wire_sources-INITIAL_FORMS"] == "2"
    assert filled.getlist("headline") == ["H"]


def test_a_filled_form_keeps_what_is_no_draft_and_sends_several_authors():
    data = sent(source("1"), seen_at="then", headline="Old", authors="5")

    filled = fill(data, draft(headline="New", authors="3 12"), stored=draft())

    assert (filled["seen_at"], filled.getlist("headline")) == ("then", ["New"])
    assert filled.getlist("authors") == ["3", "12"]
    assert filled["wire_sources-TOTAL_FORMS"] == filled["wire_sources-INITIAL_FORMS"] == "0"
    assert not [name for name in filled if name.startswith("wire_sources-0-")]
    assert data["headline"] == "Old"


TICKED = {"article": "4", "repin": "on", "confirm": "on"}


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        ({}, TICKED),
        ({"translation": " One\r\nport. "}, TICKED),
        ({"translation": "Another."}, {"article": "4"}),
        ({"post": "8"}, {"article": "4"}),
        ({"note": "Another."}, TICKED),
    ],
    ids=["as shown", "other line ends", "another translation", "another post", "another note"],
)
def test_a_tick_is_kept_where_the_form_showed_what_it_is_about(shown, kept):
    one = source("1", translation="One\nport.")
    other = source("2", post="8")

    filled = fill(sent(other, one | TICKED | shown), draft(one, other), stored=draft(one, other))

    ticks = [{name: row[name] for name in TICKED if name in row} for row in rows_of(filled)]
    assert ticks == [kept, {}]


def test_a_tick_is_kept_where_the_source_has_no_translation_and_the_form_did_not_ask_for_one():
    one = source("1")
    asked = {name: text for name, text in (one | TICKED).items() if name != "translation"}

    filled = fill(sent(asked), draft(one), stored=draft(one))

    assert rows_of(filled) == [one | TICKED]


def test_a_tick_of_a_source_that_is_stored_no_more_is_dropped():
    one = source("1")

    filled = fill(sent(one | TICKED), draft(one), stored=draft())

    assert rows_of(filled) == [one | {"id": ""}]


# Two drafts side by side


def test_drafts_differ_in_the_texts_that_the_later_one_has_and_in_their_sources():
    earlier = draft(source("1", key="r1"), headline="One", body="Same", language="en", slug="a")
    later = draft(source("1", key="r2"), headline="Two", body="Same", language="de", slug="b",
                  framing_note="New")  # fmt: skip

    found = [(each.name, each.earlier, each.later) for each in differences(earlier, later)]

    assert found == [
        ("headline", "One", "Two"), ("framing_note", "", "New"), ("language", "en", "de"),
        ("sources", "r1 – basis", "r2 – basis"),
    ]  # fmt: skip
    assert [each.label for each in differences(earlier, later)] == [
        "Headline", "Framing note", "Language", "Wire sources",
    ]  # fmt: skip
    assert differences(later, later) == []


def test_a_difference_shows_what_went_on_one_side_and_what_came_on_the_other():
    (one,) = differences(draft(body="The harbour is closed."), draft(body="The harbour is open."))
    (other,) = differences(draft(body="The harbour."), draft(body="Nothing alike at all!"))

    def parts(found):
        return [(kind.kind, kind.text) for kind in found]

    assert parts(one.parts_of_earlier) == [
        ("same", "The harbour is "), ("gone", "closed"), ("same", "."),
    ]  # fmt: skip
    assert parts(one.parts_of_later) == [
        ("same", "The harbour is "), ("new", "open"), ("same", "."),
    ]  # fmt: skip
    assert parts(other.changes) == [("gone", "The harbour."), ("new", "Nothing alike at all!")]


def test_sources_are_told_a_line_each_without_what_is_empty():
    rows = [source(key="r1", role="disputes", note="N.", translation="T."), source(role="")]

    assert sources_in_words(rows) == "r1 – disputes – N. – T.\nnew"
    assert sources_in_words([]) == ""


def test_a_source_says_that_it_cites_another_version_of_its_post():
    row = source(key="r1", cites="31")

    assert sources_in_words([row]) == "r1 – basis – cites another version of the post"
