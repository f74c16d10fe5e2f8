"""Public pages beside the article: lists by topic, author and day, corrections, sources, methods, search."""
