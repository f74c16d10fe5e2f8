"""The words of a finding, and the hash by which the browser says that it has them."""

from dataclasses import fields, replace

import pytest

from articles.admin.finding_words import ClearanceWords, FindingWords, FixWords, SourceLines
from articles.vetting import SourceRef
from articles.vetting.evidence import FieldSpan

SPAN = FieldSpan("On ", "Thursday", " it closed.")
WORDS = FindingWords(
    id="finding-1-0",
    level="hold",
    name="Wrong weekday",
    code="weekday",
    field="body",
    fingerprint="f" * 64,
    sentence=1,
    message="24 June 2026 is a Wednesday.",
    span=SPAN,
    diff=(("-", "never"),),
    nearest_key="r1",
    figures=(SPAN,),
    sources=(),
    buttons=(FixWords("1.0.0", "{}", "Change to Wednesday", "", is_decision=False),),
    clearance=None,
    is_overridden=False,
    may_write=True,
    may_undo=False,
    may_acknowledge=False,
    override_url="",
)
OTHERS = {
    "sentence": 2,
    "span": replace(SPAN, after=" it opened."),
    "diff": (("+", "never"),),
    "figures": (replace(SPAN, words="Friday"),),
    "sources": ("<li>r1</li>",),
    "buttons": (FixWords("1.0.0", "{}", "Change to Wednesday", "", is_decision=True),),
    "clearance": ClearanceWords("Ada", "25 Jun 12:00", "Known."),
    "is_overridden": True,
    "may_write": False,
    "may_undo": True,
    "may_acknowledge": True,
}


@pytest.mark.parametrize("name", [field.name for field in fields(FindingWords)])
def test_the_hash_of_a_finding_changes_with_each_thing_that_it_shows(name):
    other = replace(WORDS, **{name: OTHERS.get(name, "other")})

    assert other.hash != WORDS.hash
    assert replace(WORDS).hash == WORDS.hash


def test_the_hash_of_a_finding_is_the_same_in_every_process():
    assert WORDS.hash == "d247e92b25ef186a"


def test_two_sources_with_one_key_keep_each_its_own_line():
    lines = SourceLines()
    harbour = SourceRef(key="r1", outlet="Harbour Wire", platform="rss", url="")

    shown = [lines.of(each) for each in (harbour, replace(harbour, outlet="Radio Nahr"), harbour)]

    assert "Harbour Wire" in shown[0]
    assert "Radio Nahr" in shown[1]
    assert shown[2] is shown[0]
