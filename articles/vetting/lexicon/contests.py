"""English verbs of who won against whom. Data only."""

from articles.vetting.lexicon.lexicon import words

# The subject won, the object lost.
BEATING = words(
    "beat, beats, beaten, beating, defeat, defeats, defeated, defeating, thrash, thrashes, thrashed,"
    " edge, edges, edged, overcome, overcomes, overcame, downed, rout, routs, routed,"
    " outplayed, stun, stuns, stunned, crush, crushes, crushed, eliminate, eliminates, eliminated,"
    " oust, ousts, ousted, upset, upsets, outpoint, outpointed, hammer, hammers, hammered, trounce,"
    " trounced, outpolled, unseat, unseats, unseated, bt, def, d"
)
# The subject won, over or against somebody.
WINNING = words("win, wins, won, winning, prevailed, prevail, triumphed, triumph, triumphs")
# The subject lost, to somebody.
LOSING = words("lose, loses, lost, losing, succumb, succumbs, succumbed")
CONTEST_WORDS = BEATING | WINNING | LOSING
# Nobody loses these who had not won them, nor loses and is ahead.
PRIZES = words(
    "gold, golds, silver, bronze, medal, medals, grammy, grammys, oscar, oscars, award, awards, prize, prizes,"
    " trophy, trophies, palmes, emmy, emmys"
)
LOST = words("lost, loses, lose, losing")
WON = words("win, won, clinch, clinched, take, took, triumph, triumphed, claim, claimed")
RIVALS = words(
    "rival, rivals, opponent, opponents, challenger, runner, favourite, favorite, compatriot, teammate,"
    " competitor, competitors, field, pack, rest, champion"
)
ELECTED = words("elected, crowned, victorious, promoted, sworn")
