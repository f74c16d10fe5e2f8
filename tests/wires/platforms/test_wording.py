"""Words of hostile length: what takes time that grows with its square would not end here."""

import pytest

from wires.platforms.wording import Furniture, Wording, is_cut_short, says_the_same

LENGTH = 200_000
LINES = {
    "spaces in brackets": ("(1", " ", "x"),
    "no-break spaces": ("(1", "\xa0", "x"),
    "spaces before a bar": ("1", " ", "x"),
    "commas of a number": ("views 1", ",", "x"),
    "numbers": ("", "1 ", "x"),
    "brackets": ("", "(1 ", ""),
    "dots": ("", ".", "1"),
    "hashes": ("", "#", "1"),
    "bars": ("1", " - ", "1"),
    "quotation marks": ("", '"a', ""),
    "apostrophes": ("", " 'a", ""),
    "tags": ("", "<a ", ""),
    "labels": ("", "read also\n", ""),
    "advertisements": ("", "Advertisement\n", "Ships wait at the quay."),
    "lines": ("", "1\n", "x"),
    "paragraphs": ("", "read also\n\n", ""),
    "footers": ("", "the post ", ""),
    "colons": ("last updated", ": ", "x"),
    "ends": ("", "...", "x"),
    "digits of an ending": ("просмотр", "1", "x"),
    "opened quotations": ("", "「", ""),
    "opened comments": ("", "<!--", ""),
    "counted symbols": ("", "👍1 ", "x"),
    "symbols counted": ("", "1 👍 ", "x"),
    "times": ("", "1 times ", "x"),
}


@pytest.mark.parametrize(("begin", "again", "end"), LINES.values(), ids=LINES)
def test_a_line_of_any_length_is_compared(begin, again, end):
    line = begin + again * (LENGTH // len(again)) + end
    old, new = Wording(title=line[:300], text=line), Wording(title=line[:300], text=f"{line} zz")

    is_same = says_the_same(new, old, Furniture([(new, old), (new, old)]))

    assert (is_same, is_cut_short(new, old)) == (new.core == old.core or is_same, False)


def test_counters_and_cuts_are_still_found_beside_wide_white_space():
    old = Wording(title="Harbour", text="The harbour is shut. Nine ships wait for the pilots.")
    dressed = (
        f"{old.text}\n\n (12  comments)   ·  5 min read  |  1,204 views\n👍 12 💬 3\n12 👍 3 💬"
    )
    cut = Wording(title="Harbour", text="The harbour is shut. Nine ships wait  [...]")

    assert says_the_same(Wording(title="Harbour", text=dressed), old)
    assert is_cut_short(cut, old)
