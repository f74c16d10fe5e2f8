"""Cards for social networks: drawn by the worker, named by what they show, gone when it is."""

from articles.cards.drawing import CardFace, NoFont
from articles.cards.faces import face_of_site, face_of_version, site_card
from articles.cards.making import CardDrawer, draw_all, draw_newest, forget_cards

__all__ = [
    "CardDrawer",
    "CardFace",
    "NoFont",
    "draw_all",
    "draw_newest",
    "face_of_site",
    "face_of_version",
    "forget_cards",
    "site_card",
]
