import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.prose import Picture, Source, render, render_note

REUTERS = Source(key="r1", number=1, label="Reuters on X, 25 June 2026 02:40 UTC")
TASS = Source(key="t1", number=2, label="TASS on Telegram, 25 June 2026 03:00 UTC")
BBC = Source(key="b1", number=3, label="BBC News, 25 June 2026 03:10 UTC")
SOURCES = (REUTERS, TASS, BBC)
HARBOUR = Picture(
    id=17, url="/media/a.png", alt='A "quay" < 3', credit="Ada & Co", width=1200, height=675
)


def claims_of(body, sources=SOURCES):
    return render(body, sources=sources).claims


def scopes_of(body):
    return [
        [(mark.key, body[mark.scope_start : mark.scope_end]) for mark in claim.marks]
        for claim in claims_of(body)
    ]


class Tree(HTMLParser):
    """Fails on tags that do not nest; collects ids, tags and the text of each claim."""

    VOID = {"br", "hr", "img"}
    INLINE = {"p", "h2", "h3", "h4", "span", "em", "strong", "a", "sup", "code"}
    BLOCK = {"p", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "figure", "pre", "hr"}

    def __init__(self, html):
        super().__init__()
        self.stack, self.ids, self.tags, self.claims = [], [], [], {}
        self.feed(html)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if "id" in attrs:
            self.ids.append(attrs["id"])
        around = [tag for tag, _ in self.stack]
        assert not (tag in self.BLOCK and self.INLINE & set(around)), f"{tag} inside {around}"
        assert not (tag == "a" and "a" in around)
        if "claim" in attrs.get("class", "").split():
            assert not any("claim" in a.get("class", "").split() for _, a in self.stack)
            self.claims[attrs["id"]] = ""
        if tag not in self.VOID:
            self.stack.append((tag, attrs))

    def handle_endtag(self, tag):
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack.pop()[0] == tag

    def handle_data(self, data):
        classes = {attrs.get("class", "") for _, attrs in self.stack}
        if not classes & {"cite", "cite__link", "voice__label"}:
            for _, attrs in self.stack:
                if "claim" in attrs.get("class", "").split():
                    self.claims[attrs["id"]] += data


def test_a_mark_becomes_a_numbered_note_naming_its_source():
    prose = render("The order came [@r1].", sources=SOURCES)

    assert prose.html == (
        '<p><span class="claim" id="s1">The order came.<sup class="cite"><a class="cite__link" '
        'role="doc-noteref" id="cite-r1-1" href="#source-r1" '
        'aria-label="Source 1, Reuters on X, 25 June 2026 02:40 UTC">1</a></sup></span></p>\n'
    )
    assert prose.cited == ("r1",)
    assert prose.marks == {"r1": ("cite-r1-1",)}


def test_a_mark_may_stand_before_or_after_the_full_stop():
    before, after, spaced = (
        "Ships wait [@r1]. Men too.",
        "Ships wait.[@r1] Men too.",
        "Ships wait. [@r1] Men too.",
    )

    for body in (before, after, spaced):
        assert [claim.keys for claim in claims_of(body)] == [("r1",), ()]
        assert [claim.text for claim in claims_of(body)] == ["Ships wait.", "Men too."]


def test_a_mark_covers_the_text_since_the_last_mark_or_sentence_start():
    body = 'It began. Meta "removed 25,000 accounts" [@r1]; TASS put it above 20,000 [@t1].'

    assert scopes_of(body) == [
        [],
        [("r1", 'Meta "removed 25,000 accounts"'), ("t1", "TASS put it above 20,000")],
    ]


def test_adjacent_marks_cover_the_same_text():
    body = "Ships wait [@r1] [@t1]. [@b1] Men too."

    keys = [
        (key, scope.rstrip("."))
        for key, scope in [
            (m.key, body[m.scope_start : m.scope_end].split(" [")[0])
            for m in claims_of(body)[0].marks
        ]
    ]

    assert keys == [("r1", "Ships wait"), ("t1", "Ships wait"), ("b1", "Ships wait")]


def test_a_mark_alone_on_the_last_line_covers_the_whole_paragraph():
    body = "Ships wait. Men wait too [@t1].\n[@r1; @b1]\n\nNothing else."
    prose = render(body, sources=SOURCES)

    assert [claim.keys for claim in prose.claims] == [("r1", "b1"), ("t1", "r1", "b1"), ()]
    assert {body[m.scope_start : m.scope_end] for m in prose.claims[0].marks} == {
        "Ships wait. Men wait too [@t1]."
    }
    assert body[prose.claims[1].start : prose.claims[1].end] == "Men wait too [@t1]."


def test_a_mark_at_the_end_of_a_last_line_with_words_covers_only_its_sentence():
    assert [c.keys for c in claims_of("Ships wait.\nMen too. [@r1]")] == [(), ("r1",)]


def test_a_mark_on_the_last_line_does_not_cover_the_desks_own_words():
    claims = claims_of("Ships wait. [It matters.]{.own}\n[@r1]")

    assert [(claim.voice, claim.keys) for claim in claims] == [("cited", ("r1",)), ("own", ())]


@pytest.mark.parametrize("code", ["`[@r1]`", "```\n[@r1]\n```", r"\[@r1]"])
def test_a_mark_in_code_or_escaped_is_plain_text(code):
    prose = render(code, sources=SOURCES)

    assert prose.cited == ()
    assert "[@r1]" in prose.html


def test_a_reference_definition_does_not_turn_a_mark_into_a_link():
    prose = render("Ships wait [@r1].\n\n[@r1]: https://example.org/", sources=SOURCES)

    assert prose.cited == ("r1",)
    assert "example.org" not in prose.html


def test_a_link_whose_text_begins_with_an_at_sign_is_still_a_link():
    prose = render("By [@reuters](https://x.com/reuters) [@r1].", sources=SOURCES)

    assert 'href="https://x.com/reuters"' in prose.html
    assert prose.unknown == ()


def test_a_mark_without_a_source_is_shown_and_listed_with_its_offsets():
    body = "Ships wait [@zz; @r1]."
    prose = render(body, sources=SOURCES)

    assert "[@zz]" in Tree(prose.html).claims["s1"]
    assert [body[mark.start : mark.end] for mark in prose.unknown] == ["@zz"]
    assert prose.claims[0].keys == ("r1",)


def test_notes_of_one_source_are_counted_and_share_its_number():
    prose = render("One [@t1]. Two [@r1; @t1].\n\n# Head [@t1]", sources=SOURCES)

    assert prose.marks == {"t1": ("cite-t1-1", "cite-t1-2", "cite-t1-3"), "r1": ("cite-r1-1",)}
    assert prose.cited == ("t1", "r1")
    assert prose.numbers == {"t1": 2, "r1": 1}


def test_unnumbered_sources_are_numbered_by_their_first_mark():
    sources = [Source(key=key, label=key) for key in ("r1", "t1", "b1")]
    prose = render("One [@b1]. Two [@r1; @b1].", sources=sources)

    assert prose.numbers == {"b1": 1, "r1": 2}


def test_own_and_background_text_is_labelled_once_per_span():
    html = render("[It matters. *Much* so.]{.own} [It is old.]{.background}").html

    assert html == (
        '<p><span class="claim voice--own" id="s1"><span class="voice__label">The desk:</span> '
        'It matters.</span> <span class="claim voice--own" id="s2"><em>Much</em> so.</span> '
        '<span class="claim voice--background" id="s3">'
        '<span class="voice__label">Background:</span> It is old.</span></p>\n'
    )


def test_a_voice_on_part_of_a_sentence_does_not_cover_the_rest():
    body = "Ships wait, [which matters]{.own}, and men too."
    (claim,) = claims_of(body)

    assert claim.voice == "bare"
    assert [body[v.start : v.end] for v in claim.voice_spans] == ["which matters"]
    assert (
        '<span class="voice--own"><span class="voice__label">The desk:</span> which matters</span>'
        in render(body).html
    )


def test_a_voice_may_hold_marks_brackets_and_emphasis():
    body = "[The *gap* [of two] matters [@r1].]{.own}"
    (claim,) = claims_of(body)

    assert (claim.voice, claim.keys) == ("own", ("r1",))
    assert claim.text == "The gap [of two] matters."


def test_emphasis_that_crosses_a_sentence_still_nests():
    html = render("One *two. Three* four.").html

    assert html == (
        '<p><span class="claim" id="s1">One <em>two.</em></span> '
        '<span class="claim" id="s2"><em>Three</em> four.</span></p>\n'
    )


def test_headings_start_at_level_two_and_are_not_claims():
    html = render("### Deep. One.\n\n# First\n\n###### Last").html

    assert re.findall(r"<h(\d)>", html) == ["2", "2", "3"]
    assert "claim" not in html


def test_a_line_of_dashes_does_not_make_a_paragraph_a_heading():
    assert len(claims_of("Ships wait.\n---\nMen too.\n===")) == 2


def test_a_mark_before_a_bracket_that_holds_no_address_is_a_mark_though_its_key_is_defined_as_a_link():
    prose = render(
        "Ships wait [@r1](see below.\n\n[@r1]: https://harbour.example/", sources=SOURCES
    )

    assert prose.cited == ("r1",)
    assert "harbour.example" not in prose.html


def test_a_handle_with_an_address_is_one_link_and_no_mark():
    prose = render("Ask [@r1](https://harbour.example/) now.", sources=SOURCES)

    assert prose.cited == prose.unknown == ()
    assert prose.html.count("<a ") == 1
    assert prose.text == "Ask @r1 now."


@pytest.mark.parametrize(
    ("rows", "left_out"),
    [
        ("| 1 | 2 | 3 |\n| 4 | 5 |", ["3"]),
        ("| 1 | 2 |\n| 4 | 5 | 6 | 7 |", ["6 | 7"]),
        ("| 1 |\n| 4 | 5 | 6", ["6"]),
        ("| 1 | 2 |\n\n- One\n\n> Two\n\n---", []),
    ],
)
def test_what_a_row_holds_beyond_the_last_column_is_told_with_its_place(rows, left_out):
    body = f"| a | b |\n|---|---|\n{rows}"

    leftovers = render(body).leftovers

    assert [(each.kind, each.text) for each in leftovers] == [("cell", text) for text in left_out]
    assert [body[each.start : each.end] for each in leftovers] == left_out


def test_list_items_block_quotations_and_table_cells_are_claims():
    body = "- One [@r1]\n- Two\n\n> Three.\n\n| Head |\n|--|\n| a \\| b 4 [@t1] |"
    claims = claims_of(body)

    assert [body[claim.start : claim.end] for claim in claims] == [
        "One [@r1]",
        "Two",
        "Three.",
        "a \\| b 4 [@t1]",
    ]


def test_a_library_picture_becomes_a_figure_element():
    html = render('![x](image:17 "A quay")', pictures={17: HARBOUR}).html

    assert html == (
        '<figure class="figure"><img class="figure__image" src="/media/a.png" width="1200" '
        'height="675" alt="A &quot;quay&quot; &lt; 3" loading="lazy">'
        '<figcaption class="figure__caption"><span>A quay</span> '
        '<span class="figure__credit">Ada &amp; Co</span></figcaption></figure>\n'
    )


def test_a_picture_inside_a_sentence_is_moved_after_its_paragraph():
    prose = render("Ships ![x](image:17) wait [@r1].", sources=SOURCES, pictures={17: HARBOUR})

    Tree(prose.html)
    assert prose.html.index("</p>") < prose.html.index("<figure")
    assert prose.pictures == (17,)


@pytest.mark.parametrize(
    "src",
    [
        "image:18",
        "image:x",
        "https://example.org/a.png",
        "//example.org/a",
        "data:image/gif;base64,AA",
        "image:",
    ],
)
def test_an_image_not_in_the_library_is_listed_and_not_shown(src):
    body = f"Ships wait. ![a quay]({src})"
    prose = render(body, pictures={17: HARBOUR})

    assert "<img" not in prose.html
    (unknown,) = prose.unknown_pictures
    assert unknown.src == src
    assert body[unknown.start : unknown.end] == f"![a quay]({src})"


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        (
            "https://example.org/a?b=1&c=2",
            '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener">x</a>',
        ),
        ("mailto:a@example.org", '<a href="mailto:a@example.org" rel="nofollow noopener">x</a>'),
        ("/wire/posts/3/", '<a href="/wire/posts/3/">x</a>'),
        ("#s3", '<a href="#s3">x</a>'),
        ("javascript:alert(1)", "<span>x</span>"),
        ("JaVaScRiPt&#58;alert(1)", "<span>x</span>"),
        ("data:text/html,x", "<span>x</span>"),
        ("//example.org/", "<span>x</span>"),
        ("ftp://example.org/", "<span>x</span>"),
    ],
)
def test_links_are_limited_to_allowed_addresses(target, shown):
    assert f">{shown}<" in render(f"[x]({target})").html


def test_html_in_the_body_is_escaped():
    html = render('<script>alert(1)</script> <b onclick="x">bold</b> &lt;i&gt;').html

    assert "<script" not in html
    assert "<b" not in html
    assert "&lt;script&gt;" in html


def test_crlf_line_ends_do_not_shift_the_offsets():
    body = "One.\r\nTwo [@zz].\r\n\r\n\u202fThree\u200c four. 🚢 Five\r\n[@r1]"
    prose = render(body, sources=SOURCES)

    assert [body[c.start : c.end] for c in prose.claims] == [
        "One.",
        "Two [@zz].",
        "Three\u200c four.",
        "🚢 Five",
    ]
    assert [body[m.start : m.end] for m in prose.unknown] == ["@zz"]


def test_plain_text_and_word_count_leave_out_marks_and_labels():
    prose = render("# Head\n\nShips can’t wait [@r1]. [So what?]{.own}", sources=SOURCES)

    assert prose.text == "Head\n\nShips can’t wait. So what?"
    assert prose.words == 6


def test_a_note_ignores_marks_and_starts_headings_at_level_three():
    html = render_note("# Why\n\nWe lead *with* ships [@r1]. [x]{.own} ![a](image:17)")

    assert html == "<h3>Why</h3>\n<p>We lead <em>with</em> ships [@r1]. [x]{.own}</p>\n"


def test_arabic_and_emoji_are_rendered_unchanged():
    text = "قال المدير: «لم نتلقَّ أي أمر» 🚢👩‍👩‍👧🇺🇳"

    assert text in render(text).html
    assert claims_of(text)[0].text == text


MARKUP = st.sampled_from(
    ["[@r1]", "[@r1; @t1]", "[@zz]", "[", "]", "{.own}", "{.background}", "](", ")", "![", "*", "**", "_", "`", "```",
     "\n", "\n\n", "\r\n", "# ", "> ", "- ", "1. ", "|", "\n|--|--|\n", "\\", "&amp;", "&#x3c;", "<b>", "<https://x.y/z>",
     "(image:17)", "[a](https://x.y \"t\")", ". ", "? ", "    ", "\t", "[r]: /x\n", "Ships wait", "5", " ", "  \n", "🚢",
     "هل؟ ", "[It ", "[@r1](/a)", "\u2029", "\x00", "\x85", "\x0b", "\ud800"]
)  # fmt: skip
BODIES = st.lists(st.one_of(MARKUP, st.text(max_size=6)), max_size=40).map("".join)


@settings(max_examples=600, deadline=None)
@given(BODIES)
@example("[a *b [@r1]{.own} c* d]{.own}")
@example("*[a.* b](/c) d. [e]{.own}")
@example("|a|b|\n|-|-|\n|![x](image:17)|[@r1]\n")
@example("\u2029\n[@r1][r]: /x\n")
@example("> \u2028\n> \x85\n> Ships wait [@r1].")
@example("- \u2029\n\t\u00a0\n\tShips wait [@r1].")
def test_any_text_renders_to_well_formed_html_with_ordered_claims(body):
    prose = render(body, sources=SOURCES, pictures={17: HARBOUR})

    tree = Tree(prose.html)
    assert len(tree.ids) == len(set(tree.ids))
    assert list(tree.claims) == [claim.element_id for claim in prose.claims]
    noted = {mark_id for ids in prose.marks.values() for mark_id in ids}
    assert noted == {i for i in tree.ids if i.startswith("cite-")}
    before = 0
    for claim in prose.claims:
        assert before <= claim.start < claim.end <= len(body)
        before = claim.end
        for mark in claim.marks:
            assert (
                body[mark.start : mark.end].rstrip("\0") == f"@{mark.key}" or "\ufffd" in mark.key
            )
            assert 0 <= mark.scope_start <= mark.scope_end <= len(body)


PLAIN = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "P", "S", "Zl", "Zp"], exclude_characters="\ufffe\uffff"
    )
    | st.sampled_from(".?,;’“”،؟。🚢")
)


@settings(max_examples=300)
@given(PLAIN)
def test_a_claim_without_markup_equals_its_slice_of_the_body(body):
    prose = render(body)

    for claim in prose.claims:
        assert claim.text == body[claim.start : claim.end]
        assert Tree(prose.html).claims[claim.element_id] == claim.text


@pytest.mark.parametrize("stop", [".", "?", ",", "…", ".”"])
def test_a_mark_is_shown_after_the_full_stop_wherever_it_was_written(stop):
    sources = [Source(key="r1")]

    before = render(f"Ships wait [@r1]{stop} More", sources=sources).html
    after = render(f"Ships wait{stop} [@r1] More", sources=sources).html

    assert f"Ships wait{stop}<sup" in before
    assert f"Ships wait{stop}<sup" in after


def test_a_full_stop_moves_before_adjacent_marks_only():
    html = render("One saw nine [@r1] and one saw [@t1] [@b1].", sources=SOURCES).html

    assert 'One saw nine<sup class="cite">' in html
    assert "nine." not in html
    assert 'and one saw.<sup class="cite">' in html


@pytest.mark.parametrize(
    "body",
    [
        '"We wait," she said. "We wait for the tide." [@r1]',
        "“We wait,” she said. “We wait for the tide” [@r1].",
        "‘We wait,’ she said. ‘We wait for the tide’ [@r1].",
        "„Wir warten“, sagte sie. „Bis zur Flut“ [@r1].",
    ],
)
def test_a_split_quotation_is_covered_by_the_mark_after_its_second_half(body):
    first, second = render(body, sources=[Source(key="r1")]).claims

    assert first.keys == second.keys == ("r1",)
    assert first.voice == "cited"


@pytest.mark.parametrize(
    "body",
    [
        "It wants 24 hours’ notice. “We do not price texts,” he said [@r1].",
        "She said “we wait”. “They go,” he said [@r1].",
        "He called it “a blockade” and asked to meet. “They go,” he said [@r1].",
        "“We wait,” she said. They go [@r1].",
        "“We wait,” she said.\n\n“We go” [@r1].",
    ],
)
def test_a_mark_does_not_cover_the_sentence_before_its_own(body):
    assert render(body, sources=[Source(key="r1")]).claims[0].voice == "bare"


def test_a_subhead_that_cites_a_post_is_a_claim():
    prose = render("## Only 16 ships [@r1]\n\nIt is shut.", sources=[Source(key="r1")])

    assert [claim.text for claim in prose.claims] == ["Only 16 ships", "It is shut."]
    assert not prose.headings
    assert "<h2>" in prose.html


@pytest.mark.parametrize(
    "last",
    [
        "`wait`",
        "`` wait ``",
        "w\\*",
        "&amp;",
        "&#8212;x&gt;",
        "<https://e.example/wait>",
        "<ada@e.example>",
    ],
)
@pytest.mark.parametrize("after", ["", "\n\nMen rest.", " ![](image:9)"])
def test_a_claim_that_ends_in_markup_encloses_all_of_it(last, after):
    body = f"Ships {last}{after}"

    claim = render(body).claims[0]

    assert body[claim.start : claim.end] == f"Ships {last}"


@pytest.mark.parametrize("first", ["`wait`", "\\*w", "&amp;w", "<https://e.example/wait>"])
def test_a_claim_that_begins_in_markup_encloses_all_of_it(first):
    body = f"Calm.\n\n{first} ships."

    claim = render(body).claims[1]

    assert body[claim.start : claim.end] == f"{first} ships."


@pytest.mark.parametrize(
    "image", ["![x](image:9)", '![](https://e.example/a_(b) "A quay")', "![a [b] c](<image 9>)"]
)
def test_an_unknown_image_is_pointed_at_from_its_first_sign_to_its_last(image):
    body = f"Ships wait {image} here [@r1]."

    prose = render(body, sources=[Source(key="r1")])

    [unknown] = prose.unknown_pictures
    assert body[unknown.start : unknown.end] == image
    assert body[prose.unknown_pictures[0].end :].startswith(" here")
    assert prose.claims[0].marks[0].scope_start == 0


def test_words_after_markup_keep_their_places():
    body = "Ships `at` \\* &amp; <https://e.example/> ![x](image:9) [@zz] wait **now [@r1]."

    prose = render(body, sources=[Source(key="r1")])

    [leftover] = prose.leftovers
    assert body[leftover.start : leftover.end] == "**"
    assert [body[mark.start : mark.end] for mark in prose.claims[0].marks] == ["@zz", "@r1"]
    assert (
        body[prose.claims[0].marks[1].scope_start : prose.claims[0].marks[1].scope_end]
        == "wait **now"
    )
