"""Who the posts of a piece say somebody is, beside who a sentence says it is.

What is asked about is in no cited post, and what the post has instead is nowhere in the piece:
somebody may have two offices, and be the father of one and the brother of another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.vetting.content import sentences_of
from articles.vetting.facts.names import NameMention
from articles.vetting.facts.roles import (
    KinCount,
    Role,
    may_have_roles,
    read_codes,
    read_kin_counts,
    read_roles,
)
from articles.vetting.facts.spellings import is_same_name
from articles.vetting.lexicon.callings import (
    are_rival_callings,
    are_rival_kin,
    are_two_appointments,
)
from articles.vetting.lexicon.titles import RIVALS, are_of_other_walks, are_two_offices
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
        if not may_have_roles(self.names.words):
            return ()
        return read_roles(self.names.text)[:_MOST]

    @cached_property
    def counts(self) -> Sequence[tuple[KinCount, str]]:
        """The kin that it counts, each with its sentence."""
        if not may_have_roles(self.names.words):
            return []
        return [
            (count, sentence)
            for sentence in sentences_of(self.names.text)
            for count in read_kin_counts(sentence)
        ][:_MOST]

    def roles_of(self, name: NameMention) -> Iterator[Role]:
        """Yield what the post calls somebody; nothing where two have the surname."""
        if not self.names.named(name.last):
            return
        firsts = {one.words[0] for one in self.names.named(name.last) if len(one.words) > 1}
        if len(name.words) == 1 and len(firsts) > 1:
            return
        for role in self.roles:
            if is_same_name(role.name.last, name.last) and not is_another(name, role.name):
                yield role

    def shown(self, role: Role) -> OtherRole:
        return OtherRole(self.names.key, self.names.text[role.start : role.end])


@dataclass(frozen=True)
class PieceRoles:
    """A piece and its posts, and whom they call what, read when somebody asks."""

    text: str
    posts: Mapping[str, PostRoles]

    @cached_property
    def codes(self) -> frozenset[str]:
        return read_codes(self.text)

    def may_call(self, role: Role, given: Role) -> bool:
        """Return whether the piece may say of somebody, anywhere, what a post does.

        The judge of an article may be somebody else, whom it names, and "the governor" does not
        tell that its spokesman is one, of whom no post has a word.
        """
        if given.code not in self.codes:
            return False
        if given.is_kin:
            return True
        named = [one for one in self.roles if one.code == given.code]
        if not named and not self.is_unheard_of(role, given):
            return True
        return any(is_same_name(one.name.last, role.name.last) for one in named)

    def is_unheard_of(self, role: Role, given: Role) -> bool:
        """Return whether a role is another office than the one given, and in no post."""
        return are_two_appointments(role.code, given.code) and not any(
            role.code in post.codes if post.names.is_read else role.name.last in post.names.words
            for post in self.posts.values()
        )

    @cached_property
    def roles(self) -> Sequence[Role]:
        return read_roles(self.text)[:_MOST]

    def may_be(self, role: Role, cited: Sequence[PostRoles]) -> bool:
        """Return whether a cited post may say the same of anybody, or another one of that person."""
        if any(role.code in post.codes for post in cited):
            return True
        return any(
            role.name.last in post.names.words and role.code in post.codes
            for post in self.posts.values()
        )

    def other_role(
        self, role: Role, words: frozenset[str], cited: Sequence[PostRoles]
    ) -> OtherRole | None:
        """Return what a post says somebody is instead, if all say so that say it.

        words are those of the sentence.
        """
        found = [
            (post, given)
            for post in cited
            for given in post.roles_of(role.name)
            if given.is_kin is role.is_kin
        ]
        if not all(self._are_rivals(role, given, words) for _, given in found):
            return None
        if not found or self.may_be(role, cited):
            return None
        if any(self.may_call(role, given) for _, given in found):
            return None
        post, given = found[0]
        return post.shown(given)

    def _are_rivals(self, said: Role, given: Role, words: frozenset[str]) -> bool:
        if said.is_kin:
            return _are_kin_of_one(said, given, words) and are_rival_kin(said.code, given.code)
        if _are_asked_as_titles(said.code, given.code):
            return False
        return are_rival_callings(said.code, given.code) or self.is_unheard_of(said, given)

    def other_count(
        self, count: KinCount, names: frozenset[str], cited: Sequence[PostRoles]
    ) -> OtherRole | None:
        """Return the daughters of a post for whom a sentence has as many sons.

        names are the last words of the names of the sentence: the post has to name one of them.
        """
        for post in cited:
            for given, sentence in post.counts:
                if given.number != count.number or not are_rival_kin(count.code, given.code):
                    continue
                if not names & post.names.lasts_in(sentence) or given.code in self.codes:
                    continue
                if any(count.code in other.codes for other in cited):
                    return None
                return OtherRole(post.names.key, sentence[given.start : given.end])
        return None


def _are_asked_as_titles(said: str, given: str) -> bool:
    if are_two_offices(said, given) or are_of_other_walks(said, given):
        return True
    return any({said, given} <= rivals for rivals in RIVALS)


def _are_kin_of_one(said: Role, given: Role, words: frozenset[str]) -> bool:
    """Return whether both texts tell whose kin it is, or neither does: "his brother"."""
    if said.of and given.of:
        return is_same_name(said.of, given.of)
    named = said.of or given.of
    return not named or named in words
