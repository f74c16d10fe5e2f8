"""English words that deny, what they deny with them, and what only looks like it. Data alone."""

from articles.vetting.lexicon.lexicon import words

NEGATORS = words(
    "not, no, never, without, w/o, cannot, can't, won't, don't, doesn't, didn't, isn't, aren't, wasn't,"
    " weren't, hasn't, haven't, hadn't, wouldn't, shouldn't, couldn't, mustn't, needn't, ain't"
)
# Nobody was hurt: what is denied stands behind an auxiliary.
NOBODY = words("nobody, no one, none")
# Verbs that deny the one after them.
REFUSALS = words(
    "fail to, fails to, failed to, failing to, failure to, refuse to, refuses to, refused to,"
    " refusing to, decline to, declines to, declined to, yet to, unable to"
)
# Without one of these a sentence denies nothing.
DENYING = NEGATORS | {phrase.split()[0] for phrase in NOBODY | REFUSALS}
# Where one of these stands, nothing is said for sure, or the other wording may say the same.
IMPLIED = words(
    "fail, fails, failed, failing, refuse, refuses, refused, decline, declines, declined, deny,"
    " denies, denied, denying, unable, impossible, lack, lacks, lacked, lacking, stop, stops,"
    " stopped, cease, ceases, ceased, halt, halts, halted, avoid, avoids, avoided, prevent,"
    " prevents, prevented, bar, bars, barred, ban, bans, banned, reject, rejects, rejected, hardly,"
    " barely, scarcely, rarely, seldom, few, little, only, until, till, unless, except, neither,"
    " nor, nothing, nowhere, instead, rather, otherwise, despite, if, when, whenever, whether, longer, used,"
    " formerly, once, then, yet, unlike, doubt, doubts, doubted, cancel, cancelled, canceled, scrap,"
    " scrapped, too, less, enough, even, all, every, always, necessarily, everyone, who, whose,"
    " quit, end, ends, ended, dropped, ruled, rule, unlikely, far, than, ago"
)
# These begin as a negation and are none, or deny no more than a part.
IDIOMS = words(
    "not only, not just, not least, not to mention, no fewer, no less, no more, not more, not less,"
    " not fewer, no longer, no matter, no doubt, no wonder, no sooner, or not, why not, if not, not long,"
    " not far, no fly, no confidence, no man's, not all, not every, not always, not necessarily,"
    " not everyone, not even, not so, not that, not yet, without doubt, no go, no show, no deal,"
    " not too, not as, not enough, not until, not unlike, not much, not many, no other, no time,"
    " no 1, not because, not simply, not merely, not solely, not alone, not really, no such"
)
