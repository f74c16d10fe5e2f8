"""English words of doubt: those that a post hedges with, and those that keep a hedge. Data only.

A `*` stands for the rest of a word, and for one word more where it stands alone.
"""

# What a post says of a thing that it does not state as a fact.
HEDGES = (
    "alleged", "allegedly", "alleges", "alleging", "unconfirmed", "unverified", "uncorroborated",
    "reportedly", "purported", "purportedly", "supposed", "supposedly", "rumoured", "rumored",
    "suspected", "apparently", "seemingly", "presumably", "presumed", "believed to", "thought to",
    "understood to", "feared to", "feared dead", "said to have", "said to be", "on suspicion of",
    "claims that", "claimed that", "claims to", "claimed to", "claims it", "claimed it",
    "claims they", "claimed they", "claims he", "claimed he", "claims she", "claimed she",
    "claims its", "claimed its", "if confirmed", "if true",
    "not confirmed", "not * confirmed", "not been * confirmed", "not verified", "not * verified",
    "not been * verified", "cannot confirm", "cannot verify", "could not confirm",
    "could not verify", "could not * confirm", "could not * verify", "cannot be confirmed",
    "cannot be verified", "cannot be * verified", "could not be confirmed",
    "could not be verified", "could not be * confirmed", "could not be * verified",
    "yet to be confirmed", "yet to be verified", "yet to be * verified", "yet to confirm",
    "no confirmation", "no * confirmation", "awaiting confirmation",
)  # fmt: skip

# What says in an article, beside all of these, that a thing is no settled fact.
KEPT = (
    "alleg*", "claim*", "suspect*", "suspicion*", "unproven", "rumour*", "rumor*", "apparent*",
    "believ*", "presum*", "purport*", "thought to", "think*", "understood to", "fear*",
    "may have", "might have", "could have", "may be", "might be", "could be", "possibl*",
    "perhaps", "probabl*", "potential*", "likely", "seem", "seems", "seemed", "seeming*",
    "appear", "appears", "appeared", "not confirm*", "not verif*", "not * confirm*",
    "not * verif*", "not been * confirm*", "not been * verif*", "without confirmation", "unclear",
    "is said", "are said", "was said", "were said", "accus*", "charges", "charged", "doubt*",
    "disput*", "denies", "denied", "deny", "asserts", "asserted", "maintains", "maintained",
    "insists", "insisted", "contends", "contended", "so-called", "tentative*", "wanted for",
    "investigat*",
)  # fmt: skip
