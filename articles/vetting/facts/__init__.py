"""Typed facts of a text: quantities with what they count, and how sure the reader is of it."""
