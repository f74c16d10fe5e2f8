"""Who the posts of a piece say somebody is, beside who a sentence says it is.

What is asked about is in no cited post, and what the post has instead is nowhere in the piece:
somebody may have two offices, and be the father of one and the brother of another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.vetting.content import sentences_of
from articles.vetting.facts.names import NameMention
from articles.vetting.facts.roles import KinCount, Role, read_codes, read_kin_counts, read_roles
from articles.vetting.facts.spellings import is_same_name
from articles.vetting.lexicon.callings import are_rival_callings, are_rival_kin
from articles.vetting.lexicon.titles import RIVALS
from articles.vetting.post_names import PostNames, is_another

# A hostile post is one long line of them.
_MOST = 200


@dataclass(frozen=True, slots=True)
class OtherRole:
    """What a post says somebody is; words is how it writes that."""

    key: str
    words: str


@dataclass(frozen=True)
class PostRoles:
    """A post and who it says people are, read when somebody asks."""

    names: PostNames

    @cached_property
    def codes(self) -> frozenset[str]:
        return read_codes(self.names.text)

    @cached_property
    def roles(self) -> Sequence[Role]:
        return read_roles(self.names.text)[:_MOST]

    @cached_property
    def counts(self) -> Sequence[tuple[KinCount, str]]:
        """The kin that it counts, each with its sentence."""
        return [
            (count, sentence)
            for sentence in sentences_of(self.names.text)
            for count in read_kin_counts(sentence)
        ][:_MOST]

    def may_call(self, role: Role) -> bool:
        """Return whether the post names somebody of whom it may say the same."""
        return role.code in self.codes and role.name.last in self.names.words

    def roles_of(self, name: NameMention) -> Iterator[Role]:
        """Yield what the post calls somebody; nothing where two have the surname."""
        firsts = {one.words[0] for one in self.names.named(name.last) if len(one.words) > 1}
        if len(name.words) == 1 and len(firsts) > 1:
            return
        for role in self.roles:
            if is_same_name(role.name.last, name.last) and not is_another(name, role.name):
                yield role

    def shown(self, role: Role) -> OtherRole:
        return OtherRole(self.names.key, self.names.text[role.start : role.end])


def other_role(
    role: Role, words: frozenset[str], posts: Sequence[PostRoles], said_in_piece: frozenset[str]
) -> OtherRole | None:
    """Return what a post says somebody is instead, if all say so that say it.

    words are those of the sentence, said_in_piece the codes of the whole piece.
    """
    if any(role.code in post.codes for post in posts):
        return None
    found: OtherRole | None = None
    for post in posts:
        for given in post.roles_of(role.name):
            if given.is_kin is not role.is_kin:
                continue
            if not _are_rivals(role, given, words) or given.code in said_in_piece:
                return None
            found = found or post.shown(given)
    return found


def other_kin_count(
    count: KinCount,
    names: frozenset[str],
    posts: Sequence[PostRoles],
    said_in_piece: frozenset[str],
) -> OtherRole | None:
    """Return the daughters of a post for whom a sentence has as many sons.

    names are the last words of the names of the sentence: the post has to name one of them.
    """
    if any(count.code in post.codes for post in posts):
        return None
    for post in posts:
        for given, sentence in post.counts:
            is_other = given.number == count.number and are_rival_kin(count.code, given.code)
            if not is_other or given.code in said_in_piece:
                continue
            if names & post.names.lasts_in(sentence):
                return OtherRole(post.names.key, sentence[given.start : given.end])
    return None


def _are_rivals(said: Role, given: Role, words: frozenset[str]) -> bool:
    if said.is_kin:
        return _are_kin_of_one(said, given, words) and are_rival_kin(said.code, given.code)
    if any({said.code, given.code} <= rivals for rivals in RIVALS):
        # These are asked about as titles.
        return False
    return are_rival_callings(said.code, given.code)


def _are_kin_of_one(said: Role, given: Role, words: frozenset[str]) -> bool:
    """Return whether both texts tell whose kin it is, or neither does: "his brother"."""
    if said.of and given.of:
        return is_same_name(said.of, given.of)
    named = said.of or given.of
    return not named or named in words
