"""Sentences that have little in common with the post that they cite, or with their headline.

A pair is (sentence, post); a fault names the code that has to ask about it first.
"""

from tests.articles.vetting.told_pairs import NEGATION, OPPOSITE

# A "not" gained or lost where sentence and post have little in common but a figure or a verb.
MORE_NOT_CLEAN = (
    ("The bridge is not on the list of 40 that will be repaired.", "List of 40 bridges to be repaired leaves out Calvera"),
    ("Some 86 homes were not insured.", "86 homes uninsured, says council"),
    ("The 3.0 per cent was not in the plan.", "3.0 per cent was more than planned, plan had 2.0"),
    ("Lindow had not won since May, when it took 12 points.", "Lindow winless since 12-point month of May"),
    ("The cost, in hours, not crowns, was 240.", "Cost: 240 working hours"),
    ("The 19 who were not on board came by train.", "19 passengers left behind, took the train"),
    ("As did the mayor, the bishop walked.", "Mayor and bishop walked to the shrine"),
    ("What she did impressed the jury.", "Jury impressed by her dive"),
    ("The firm did well in May.", "Strong May for the firm"),
    ("He said he did warn the crew.", "Pilot: I did warn the crew"),
    ("The owner, who asked to be paid, left.", "Owner wanted payment and left"),
    ("The court will decide on Monday whether to hear him.", "Court has not decided; ruling Monday"),
)  # fmt: skip
MORE_NOT_FAULTS = (
    (NEGATION, "A woman of 71 was not in the shop when it burnt.", "Owner, 71, was in the shop when it burnt"),
    (NEGATION, "The plane was not on fire when it landed at 14:20.", "Plane on fire as it lands, 14:20"),
    (NEGATION, "Calvera has not confirmed 112 cases of mumps.", "Mumps in Calvera: 112 confirmed"),
    (NEGATION, "The trust, which had not lost 38 per cent since March, rose a fifth.", "Trust down 38 per cent since March, jumps a fifth"),
    (NEGATION, "Frost did not kill 27 hectares of vines.", "27 hectares of vines lost to frost"),
    (NEGATION, "The champion did retire with cramp.", "Champion carries on in spite of cramp, finishes fourth"),
    (NEGATION, "The levy does cover boats under six metres.", "Boats under six metres exempt from levy"),
    (NEGATION, "A trader, who asked to be named, blamed the algorithm.", "Trader: blame the algorithm"),
    (NEGATION, "Harbour police could verify the tape.", "Tape: harbour police could not verify it"),
    (NEGATION, "The goalkeeper would blame the wind.", "Goalkeeper would not blame the wind for the goal"),
    (NEGATION, "The weather office did rule out hail.", "Hail possible, says weather office"),
    (NEGATION, "The tenant has paid the arrears, said the landlord.", "Landlord: tenant has not paid rent arrears"),
)  # fmt: skip

# What was won or lost by a figure; no side of it where the figure is of something else.
GAINS_CLEAN = (
    ("The crown lost 0.5 per cent against the euro.", "Crown -0.5% vs euro"),
    ("Tolland won 12 of 38 seats.", "Tolland loses majority: 12 of 38 seats, was 24"),
    ("She survived 19 days at sea.", "Found after 19 days at sea; her boat was lost"),
    ("The unit lost 180 million crowns.", "Automotive: loss of 180m"),
    ("He won 48 million in 2019.", "2019: 48 million for winner, who lost it all by 2021"),
    ("Vell made a profit of 31 million.", "Vell: 31m profit, was loss of 12m"),
    ("The fund won back 14 per cent.", "Fund up 14 per cent after losing a third"),
    ("Lindow won by 27 points.", "Lindow 27 points better than Calvera, who lost a player"),
    ("Three crew survived of 21.", "21 crew, three rescued"),
    ("Output rose 12 per cent; the mill still lost 31 million.", "Output +12%, loss 31m"),
)  # fmt: skip
GAINS_FAULTS = (
    (OPPOSITE, "The crown won 0.5 per cent against the euro.", "Crown -0.5% vs euro"),
    (OPPOSITE, "The unit won 180 million crowns.", "Automotive unit: loss of 180m"),
    (OPPOSITE, "Vell survived 11.2 per cent on Thursday.", "Vell down 11.2% Thurs"),
    (OPPOSITE, "Copper lost 37 crowns a tonne.", "Copper up 37 crowns a tonne"),
    (OPPOSITE, "A village lost 48 million crowns.", "Village wins 48 million crowns in lottery"),
    (OPPOSITE, "Snow cover won 14 centimetres in a week.", "Snow cover loses 14 cm in a week"),
    (OPPOSITE, "The party won 61 seats.", "Party sheds 61 seats"),
    (OPPOSITE, "The index won 2.3 per cent.", "Index falls 2.3 per cent"),
    (OPPOSITE, "The bank made a profit of 640 million.", "Bank: loss of 640 million"),
    (OPPOSITE, "Reservoirs lost 17 points.", "Reservoirs up 17 points"),
)  # fmt: skip
# A headline, a sentence of the body, and its post, which has neither side.
ABOVE_CLEAN = (
    ("Asker wins Lowport marathon", "Asker won the Lowport marathon in 2:04:51.", "LOWPORT 1 Asker 2:04:51"),
    ("Asker wins Lowport marathon", "Torv lost the Lowport lead at mile 8.", "LOWPORT mile 8: Torv second"),
    ("Tarsia frees 118 prisoners", "Tarsia had arrested the 118 in spring.", "118 arrested in spring"),
    ("Schools in Stanton stay open", "Schools in Stanton were closed in 2021.", "2021: Stanton pupils at home"),
    ("Largest wheat harvest in Norland", "Norland had its smallest harvest of rye.", "Norland rye: worst crop"),
    ("Vell shares rise", "Orrin fell 3 per cent.", "Orrin -3%"),
    ("Who won the vote?", "Kask lost the vote.", "Kask out after vote"),
    ("Judge bans the march", "The march was allowed in 2019.", "2019 march went ahead, allowed"),
    ("Lindow lose cup tie", "Lindow won the toss and kicked off.", "Toss: Lindow"),
    ("Miners safe", "Nobody won the draw.", "Draw: no winner"),
)  # fmt: skip
ABOVE_FAULTS = (
    ("Asker wins Lowport marathon in 2:04:51", "Ivo Asker lost the Lowport marathon in 2:04:51.", "LOWPORT 1 Ivo Asker 2:04:51"),
    ("Government of Estmark survives vote", "The government of Estmark lost a vote on Thursday.", "ESTMARK: motion 139-148"),
    ("47.1C reading is the highest for July", "The 47.1C reading was the lowest since 1951.", "47.1C, since 1951 in July"),
    ("Council approves ferry levy", "The council rejected the ferry levy on Monday.", "Ferry levy: council vote 9-4 Mon"),
    ("Court upholds ban on drift nets", "The court quashed the ban on drift nets.", "Drift nets: court rules"),
    ("Stanton schools stay closed", "The Stanton schools stay open.", "Stanton schools: no change"),
    ("Valmora party loses majority", "The Valmora party won its majority again.", "Valmora: 61 of 141 seats"),
    ("Norland wins relay gold", "Norland lost the relay on Saturday.", "FINAL 1. NORLAND 37.91"),
    ("Dow allows hunting of wolves", "Dow banned the hunting of wolves.", "Dow on wolves: order signed"),
    ("Imelda is fastest yacht of the race", "Imelda was the slowest yacht of the race.", "Imelda: 21.4 knots"),
)  # fmt: skip
