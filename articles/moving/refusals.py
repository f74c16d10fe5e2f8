"""What cannot be moved, in a sentence for the person at the terminal."""


class BadExport(Exception):
    """A file cannot be written or read; the message names it and says what to do."""
