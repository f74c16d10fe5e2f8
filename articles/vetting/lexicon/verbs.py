"""English verbs: the forms that no ending shows, and what makes an act no more than possible."""

from collections.abc import Mapping

from articles.vetting.lexicon.lexicon import words

_FORMS = """
    arise arose arisen; awake awoke; bear bore borne; beat beaten; become became; begin began begun;
    bend bent; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken;
    breed bred; bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen;
    come came; deal dealt; dig dug; draw drew drawn; drink drank drunk; drive drove driven;
    eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled;
    fly flew flown flies; forbid forbade forbidden; forget forgot forgotten; freeze froze frozen;
    get got gotten; give gave given; go went gone; grow grew grown; hang hung; have had; hear heard;
    hide hid hidden; hold held; keep kept; know knew known; lay laid; lead led; leave left; lend lent;
    lie lay lain; lose lost; make made; mean meant; meet met; pay paid; ride rode ridden; ring rang;
    rise rose risen; run ran; say said; see saw seen; seek sought; sell sold; send sent;
    shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang;
    sink sank sunk; sit sat; sleep slept; speak spoke spoken; spend spent; stand stood;
    steal stole stolen; strike struck; swear swore sworn; sweep swept; swim swam swum; take took taken;
    teach taught; tear tore torn; tell told; think thought; throw threw thrown;
    understand understood; wear wore worn; win won; withdraw withdrew withdrawn; write wrote written;
    die dying died; man men; woman women; child children; person people
"""


def _by_form() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in _FORMS.split(";"):
        first, *others = line.split()
        found |= dict.fromkeys(others, first)
    return found


IRREGULAR = _by_form()

# What follows may happen, or has to, and has not happened.
MODAL = words(
    "will, would, may, might, should, must, shall, to, if, unless, expect, expects, expected,"
    " likely, unlikely, won't, wouldn't, shouldn't, mustn't, whether, hope, hopes, hoped"
)
# Behind one of these "not" denies a verb.
AUXILIARIES = words(
    "is, are, was, were, am, be, been, has, have, had, do, does, did, will, would, shall, should, can,"
    " could, may, might, must, need, dare"
)
# "Voted to cut" is a cut.
DECIDED = words("voted, votes, vote, decided, decides, agreed, agrees, chose, managed")
REAL_BEFORE_TO = words("able, allowed, permitted, forced, managed, made, according, unable")
# Before these what is told went on.
STAYING = words("stay, stays, stayed, staying, remain, remains, remained, remaining, kept")
