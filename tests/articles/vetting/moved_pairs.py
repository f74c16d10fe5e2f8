"""What rose told as fallen, and what may be written of it, beside the post that is cited.

A row is (post, what may be written, what is turned round). Written as business, sports, weather and
crime are reported, before the readers of movement were looked at, but for the rows at the end.
"""

MOVED_PAIRS = (
    ("Inflation eased to 2.9% in October from 3.4%, the office said.", "Inflation slowed to 2.9% from 3.4% a month earlier.", "Inflation quickened to 2.9% in October."),
    ("The bank hiked borrowing costs by half a point to 6.5%.", "Borrowing costs went up by half a point to 6.5%.", "Borrowing costs came down by half a point to 6.5%."),
    ("Net losses at the airline narrowed to 112 million euros.", "The airline trimmed its net loss to 112 million euros.", "The airline's net loss deepened to 112 million euros."),
    ("The river rose 60 centimetres in six hours.", "The river swelled by 60 centimetres in six hours.", "The river receded by 60 centimetres in six hours."),
    ("The yen firmed to 149.20 per dollar.", "The yen strengthened to 149.20 per dollar.", "The yen weakened to 149.20 per dollar."),
    ("The index was down 35 points at 4,512 by noon.", "By noon the index had lost 35 points to stand at 4,512.", "By noon the index had put on 35 points to stand at 4,512."),
    ("Wheat output will shrink by 1.7 million tonnes this season, the ministry forecast.", "The ministry expects a wheat crop 1.7 million tonnes smaller.", "The ministry expects a wheat crop 1.7 million tonnes larger."),
    ("The firm will raise the price of a monthly pass to 59 euros.", "A monthly pass will become dearer, at 59 euros.", "A monthly pass will become cheaper, at 59 euros."),
    ("Carbon emissions fell by 8 million tonnes in 2023.", "The agency reported a decline of 8 million tonnes in emissions.", "The agency reported growth of 8 million tonnes in emissions."),
    ("The retailer will expand its workforce by 1,500.", "The retailer will add 1,500 jobs.", "The retailer will axe 1,500 jobs."),
    ("The carmaker said it would shed 3,000 jobs in Lindau.", "The carmaker will cut 3,000 posts in Lindau.", "The carmaker will create 3,000 posts in Lindau."),
    ("Analysts upgraded the shares, with a target of 48 dollars.", "The target was 48 dollars after analysts raised their rating.", "Analysts downgraded the shares, with a target of 48 dollars."),
    ("Murphy improved her personal best by 0.3 seconds.", "Murphy bettered her personal best by 0.3 seconds.", "Murphy's times worsened by 0.3 seconds."),
    ("Reservoir stocks recovered to 71% after the rains.", "Stocks in the reservoirs rose to 71%.", "Stocks in the reservoirs fell to 71%."),
    ("The insurer's premium income advanced 6.8%.", "Premiums at the insurer went up 6.8%.", "Premiums at the insurer retreated 6.8%."),
    ("The ministry scaled back its growth forecast to 1.4%.", "The growth forecast was cut to 1.4%.", "The growth forecast was lifted to 1.4%."),
    ("Births fell to 612,000 last year from 640,000 in 2021.", "There were fewer births last year, 612,000.", "There were more births last year, 612,000, than in 2021."),
    ("Brent opened lower on Monday, at 70.87 dollars.", "Brent opened down on Monday, at 70.87 dollars.", "Brent opened higher on Monday, at 70.87 dollars."),
    # Two figures and no word, a run, what a post opens with.
    ("Jobless rate 5.1% in Aug vs 4.9% in July", "The jobless rate rose to 5.1%.", "The jobless rate fell to 5.1%."),
    ("Robberies: 212 in the quarter, against 260 a year earlier.", "Robberies fell to 212 in the quarter.", "Robberies climbed to 212 in the quarter."),
    ("Tolls on the Quarn bridge go from 4 to 5 crowns.", "Tolls on the Quarn bridge will go up to 5 crowns.", "Tolls on the Quarn bridge will come down to 5 crowns."),
    ("Job vacancies at 812,000, lowest since 2021", "Vacancies sank to 812,000.", "Vacancies soared to 812,000."),
    ("Brent -1.3%, third daily fall, after OPEC+ delay", "Oil fell for a third day after the OPEC+ delay.", "Oil rose for a third day after the OPEC+ delay."),
    ("Oil slides on talk of supply. Brent was at $70.87 by 0810 GMT.", "Oil fell to $70.87 a barrel.", "Oil rose to $70.87 a barrel."),
    ("Hallin poll: Greens 22 (+3), Labour 31 (-2)", "The Greens gained three points.", "The Greens lost three points and stand at 22."),
    ("Rents in Quarn: 1,140 a month on average, up from 1,085", "Average rents in Quarn rose to 1,140 a month.", "Average rents in Quarn dropped to 1,140 a month."),
    ("Record low for the lira: 34.6 per dollar", "The lira fell to 34.6 per dollar, a record low.", "The lira rose to 34.6 per dollar, a record high."),
    ("Meray lost power. Over 99% of homes have it again.", "Over 99% of homes had power restored after the largest blackout.", "Over 99% of homes had power restored before the largest blackout."),
    ("Mirko Bals, second yellow on 71 minutes. Castle down to ten", "Castle ended with ten men after a second yellow card for Bals.", "Castle ended with ten men before a second yellow card for Bals."),
    ("1.3 million homes dark at 10; at 9 it was 800k", "1.3 million homes had no light, up from 800,000 an hour before.", "1.3 million homes had no light, up from 800,000 an hour after."),
    ("تانکر از ۱٫۸ میلیون به ۳٫۵ میلیون تومان رسید", "A tanker has gone up from 1.8 million to 3.5 million tomans.", "A tanker has gone down from 1.8 million to 3.5 million tomans."),  # noqa: RUF001
)  # fmt: skip

# (post, what may be written): movements that only seem to be turned round.
MOVED_CLEAN = (
    ("Prices in Norland rose 2.8% in April, after 3.3% in March.", "Inflation in Norland slowed to 2.8% in April."),
    ("The deficit widened to 8.4 billion crowns.", "The deficit worsened to 8.4 billion crowns."),
    ("Turnout 58.3%, seven points up, highest since 1998", "Turnout was 58.3%, seven points higher and the highest since 1998."),
    ("Norland sees growth of 1.1%, not 1.4%, this year.", "Norland's growth forecast for this year: 1.1%, down from 1.4%."),
    ("Sales 212m, vs 230m expected", "Sales rose to 212m."),
    ("Binge drinkers soared from eight per cent in 2005 to three times that number.", "Binge drinkers soared from eight per cent in 2005 to three times that number."),
)  # fmt: skip
