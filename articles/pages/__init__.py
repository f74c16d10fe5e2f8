"""Public pages that list: by topic, by author, by day; corrections, sources, methods."""
