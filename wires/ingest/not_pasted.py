"""Why no post came of a pasted link."""

from wires.models import Post


class NotPasted(Exception):
    """No post came of a pasted link; the message is one line that says what to do."""


class NotAPost(NotPasted):
    """The link leads to something else than one post."""


class WordsMissing(NotPasted):
    """The post cannot be fetched, so somebody must paste its words."""


class NotFetched(NotPasted):
    """The site did not give the post."""


class OtherWords(NotPasted):
    """Words were pasted of a `post` that is on file with others, which stand."""

    def __init__(self, message: str, post: Post) -> None:
        super().__init__(message)
        self.post = post


class LeftToWorker(Exception):
    """The post must be fetched and parsed, which is not for a web request."""
