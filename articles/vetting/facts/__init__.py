"""Typed facts of a text: quantities with what they count, and how sure the reader is of it.

Dates are wired. Quantities are not yet: the rules still read figures by articles.vetting.figures, and
take these one kind of fact at a time. tests/articles/vetting/test_readers_compared.py sets both side by side.
"""
