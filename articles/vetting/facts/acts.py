"""Acts that are told in one word and denied in another: "somebody was hurt", "no injuries"."""

from collections.abc import Mapping

from articles.vetting.facts.words import root_of
from articles.vetting.lexicon.denying import SAME_ACTS

# The name of the act that each root is a word for.
ACT_OF: Mapping[str, str] = {
    root_of(word): name for name, listed in SAME_ACTS.items() for word in listed
}
