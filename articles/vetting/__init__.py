"""Pre-publication checks: pure functions of a piece, one idea a file."""

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, OutletName, Piece, PostText, SourceRef

__all__ = ["Context", "Finding", "Level", "OutletName", "Piece", "PostText", "SourceRef"]
