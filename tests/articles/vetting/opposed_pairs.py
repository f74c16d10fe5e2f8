"""Sentences beside the post that they cite: wire copy turned round, and what may be written of it.

A pair is (sentence, post); a fault names the code that has to ask about it.
"""

OPPOSITE, NEGATION, WINNER = "opposite-told", "negation-differs", "winner-differs"

OPPOSED_FAULTS = (
    # Before and after.
    (OPPOSITE, "The ferry docked before 71 hours at sea, its owner said.", "Ferry in Calvera, 71 hours at sea, owner says"),
    (OPPOSITE, "The siren sounded 11 minutes before the wave reached Lindow.", "The wave reached Lindow 11 minutes ago. Siren sounded late."),
    (OPPOSITE, "The last barge was freed sixty-one hours before the flood in Meray.", "Meray: last barge freed, 61 hours after the flood"),
    (OPPOSITE, "The last probe separated 71 minutes before launch from Lindow.", "Lindow: launch went well, last probe out at T+71min"),
    (OPPOSITE, "The effect of the vaccine faded before a year.", "Vaccine effect fades after 12 months, study says"),
    (OPPOSITE, "Prices in Tarrow rose to 2.8% in August before 3.1% in July.", "Tarrow CPI August 2.8%, July 3.1%"),
    (OPPOSITE, "Exports were 1.9% less than a year after.", "Exports 1.9% below last year's"),
    (OPPOSITE, "Four hikers were killed in Meray before an avalanche swept the pass.", "Avalanche in Meray: 4 hikers killed, pass swept"),
    (OPPOSITE, "The gauge was read after the mast failed.", "Gauge read 226, then mast failed"),
    # Outcomes.
    (OPPOSITE, "Lindow voted 52-48 on Friday to reject Velin as harbour judge.", "Lindow council voted 52-48 on Friday to confirm Velin as harbour judge"),
    (OPPOSITE, "Her boat hit a rock and gained a foil.", "Boat hit a rock, foil gone"),
    (OPPOSITE, "The firm has gained customers to its rivals since 2020.", "Hallin firm has bled customers to its rivals since 2020"),
    (OPPOSITE, "Orle lost two Grammys at 68.", "Orle: two Grammys, at 68 and 79"),
    (OPPOSITE, "Velin lost the race on Sunday, 39 seconds ahead of Asker.", "Velin first, Asker +39s"),
    (OPPOSITE, "Tarrow and Meray arrested 118 prisoners on Thursday.", "Swap done: 118 prisoners freed, Tarrow and Meray say"),
    (WINNER, "Pikes lost to Generals 4-3 on Saturday.", "FINAL: Pikes 4, Generals 3."),
    (WINNER, "Castellan lost to Hartigan in Calvera.", "Calvera runoff: Castellan 50.4, Hartigan 49.6, margin 1,904"),
    (WINNER, "Okoye came from behind to lose to Brandt 3-6, 7-6, 10-8.", "Okoye d. (2) Brandt 36 76 108"),
    # Directions.
    (OPPOSITE, "About 1.3 million homes in Lindow had no light, down from 800,000 an hour earlier.", "Lindow: 1.3 million homes dark"),
    (OPPOSITE, "The stock exchange expects shares to rise by 9 points on Friday.", "Fri: shares seen down by 9"),
    # Points of the compass.
    (OPPOSITE, "The drones came in at the north-east of the country.", "Drones came in at the south-east of the country"),
    (OPPOSITE, "Half the fields in the south-western plain are dry.", "50% of fields in E plain dry, half of them for good"),
    # A "not" gained.
    (NEGATION, "Two villages are cut off because the road was not buried by mud.", "Two villages cut off, road lies under mud"),
    (NEGATION, "Shares of Orrin were not down 8.6 per cent at noon.", "Orrin shares -8.6% at noon, third fall in a row"),
    (NEGATION, "Shops in Lindow have not been told to expect delays of 9 days.", "Shops in Lindow should expect delays of 9 days."),
    (NEGATION, "The tram had not carried more than 55,600 riders by noon.", "Tram riders by noon: 55,600."),
    # A "not" lost.
    (NEGATION, "The barge ran aground off Meray. Somebody was hurt.", "Barge aground off Meray. No injuries"),
    (NEGATION, "The radio and the theatre in Lindow are affected.", "Lindow: radio and theatre are spared"),
    (NEGATION, "The army said it hit a fuel depot near Beshar, which could be verified.", "Army says it hit a fuel depot near Beshar. Unverified."),
    (NEGATION, "His lawyer, Marcus Teo, said he would appeal further.", "Lawyer Marcus Teo: no further appeal"),
    (NEGATION, "Of the 86 sick 79 were vaccinated.", "79 of 86 sick unvaccinated"),
    (NEGATION, "Achol, 34, asked that her family name be used.", "“My son was well,” said Achol, 34."),
)  # fmt: skip

OPPOSED_CLEAN = (
    ("The ferry docked after 71 hours at sea.", "Ferry in Calvera, 71 hours at sea"),
    ("The judge was named 3 days after the vote in Lindow.", "Lindow votes 3 days before judge is named"),
    ("The relief boat left within 12 months of the storm.", "Relief boat sails from Meray less than a year after storm"),
    ("The mill will be shut before 12 months are over.", "Mill to shut within 12 months"),
    ("Prices rose to 2.8% in August after 3.1% in July.", "CPI August 2.8%, July 3.1%"),
    ("Two hikers were hurt hours before the avalanche in Meray.", "Meray avalanche: two hikers were hurt there this morning"),
    ("Portugal lost 1-0 to Morocco, who go through.", "Morocco beat Portugal 1-0 on Saturday"),
    ("Hallin hopes to beat Ansel 2-0.", "Ansel won the first leg; Hallin needs a 2-0"),
    ("Pikes lost 4-3 to Generals on Saturday.", "FINAL: Generals 4, Pikes 3."),
    ("Calvera counted 4 dead and Lindow 3.", "Calvera 4, Lindow 3 dead"),
    ("Velin lost the medal that she had won in 2019.", "Velin stripped of medal"),
    ("Nobody was injured in the explosion.", "Ministry: no one hurt in blast"),
    ("Somebody was hurt on the quay.", "No injuries on board; two dockers hurt on quay"),
    ("The firm said it had not withheld test results from regulators.", "The firm denied that it had withheld test results from regulators."),
    ("The bread was gone by 8, which had not happened since 1998.", "Bread gone by 8 for the first time since 1998"),
    ("Police did not give the names of the 38 men.", "38 men held, police say"),
    ("The 40 trams did not stop running during the storm.", "40 trams ran all through the storm"),
    ("The fire burned in the north-east of Meray.", "Fire in NE Meray, wind from the south"),
    ("Castellan could not appeal further.", "Castellan: no further appeal"),
    ("About 1.3 million homes had no light, up from 800,000.", "1.3 million homes dark, 800,000 an hour ago"),
)  # fmt: skip
