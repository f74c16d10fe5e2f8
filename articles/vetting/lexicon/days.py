"""Words that say a day without naming it, and names that hold a day: data only.

They are read in a text of any of the languages, since a post does not say its own.
"""

from collections.abc import Mapping

from articles.vetting.lexicon.lexicon import words

# Days from the day of the post. What is said of a night may be of the day before or after.
RELATIVE: Mapping[str, tuple[int, ...]] = {
    # English
    "today": (0,), "tonight": (0,), "this morning": (0,), "this afternoon": (0,),
    "this evening": (0,), "yesterday": (-1,), "last night": (-1, 0), "overnight": (-1, 0),
    "tomorrow": (1,), "the day before yesterday": (-2,), "the day after tomorrow": (2,),
    # German
    "heute": (0,), "gestern": (-1,), "vorgestern": (-2,), "übermorgen": (2,),
    # French
    "aujourd'hui": (0,), "ce matin": (0,), "ce soir": (0,), "cet après-midi": (0,), "hier": (-1,),
    "avant-hier": (-2,), "demain": (1,), "après-demain": (2,), "cette nuit": (-1, 0, 1),
    # Spanish
    "hoy": (0,), "esta mañana": (0,), "esta tarde": (0,), "esta noche": (0,), "ayer": (-1,),
    "anoche": (-1, 0), "anteayer": (-2,),
    # Italian
    "oggi": (0,), "stamattina": (0,), "stasera": (0,), "stamani": (0,), "ieri": (-1,), "domani": (1,),
    "l'altro ieri": (-2,), "dopodomani": (2,), "stanotte": (-1, 0, 1),
    # Portuguese
    "hoje": (0,), "esta manhã": (0,), "ontem": (-1,), "anteontem": (-2,), "amanhã": (1,),
}  # fmt: skip
# These say that it was another day, month or year, and not which: d, m and y; w may be the next
# month or the last. Y is the year of the post, which is known where its time is.
VAGUE: Mapping[str, str] = {
    # English
    "days ago": "d", "day ago": "d", "week ago": "d", "wk ago": "d", "weeks ago": "dw", "wks ago": "dw",
    "month ago": "dm", "mth ago": "dm", "months ago": "dm", "mths ago": "dm", "year ago": "my",
    "yr ago": "my", "years ago": "my", "yrs ago": "my", "decades ago": "my", "while ago": "dmy",
    "long ago": "dmy", "anniversary": "dmy", "last week": "d", "next week": "d", "this week": "d",
    "earlier this week": "d", "days later": "d", "days earlier": "d", "days before": "d",
    "days after": "d", "days since": "d", "in days": "d", "within days": "d", "coming days": "d",
    "recent days": "d", "past days": "d", "few days": "d", "several days": "d", "next days": "d",
    "days running": "d", "days in a row": "d", "fortnight": "d", "weeks later": "dw",
    "weeks earlier": "dw", "weeks before": "dw", "weeks after": "dw", "weeks from now": "dw",
    "in weeks": "dw", "recent weeks": "dw", "coming weeks": "dw", "few weeks": "dw",
    "week later": "d", "week earlier": "d", "week before": "d", "week after": "d", "the day before": "d",
    "the day after": "d", "next day": "d", "following day": "d", "day earlier": "d", "day later": "d",
    "previous day": "d", "day of": "d", "months": "m", "last month": "dm", "next month": "dm",
    "this month": "dm", "previous month": "m", "month earlier": "m", "month before": "m",
    "first quarter": "m", "second quarter": "m", "third quarter": "m", "fourth quarter": "m",
    "last quarter": "m", "next quarter": "m", "this quarter": "m", "the quarter": "m", "spring": "m",
    "summer": "m", "autumn": "m", "winter": "m", "years": "y", "decade": "y", "decades": "y",
    "last year": "my", "next year": "my", "this year": "Y", "diesem jahr": "Y", "cette année": "Y",
    "este año": "Y", "este ano": "Y", "previous year": "y", "year earlier": "my", "year before": "y",
    "century": "y",
    # German; "morgen" may be a morning.
    "morgen": "d", "woche": "d", "wochen": "dm", "tage": "d", "tagen": "d", "tag": "d",
    "monat": "dm", "monate": "m", "monaten": "m", "jahre": "y", "jahren": "y",
    "vorjahr": "y", "jahrestag": "dmy",
    # French
    "il y a": "dmy", "semaine": "d", "semaines": "dm", "jours": "d", "lendemain": "d", "veille": "d",
    "mois": "dm", "ans": "y", "années": "y", "dernier": "dmy", "dernière": "dmy", "prochain": "dmy",
    "anniversaire": "dmy",
    # Spanish; "mañana" may be a morning.
    "mañana": "d", "hace": "dmy", "semana": "d", "semanas": "dm", "días": "d", "pasado": "dmy",
    "pasada": "dmy", "próximo": "dmy", "próxima": "dmy", "meses": "m", "mes": "dm", "años": "y",
    "aniversario": "dmy",
    # Italian
    "fa": "dmy", "settimana": "d", "settimane": "dm", "giorni": "d", "giorno": "d", "scorso": "dmy",
    "scorsa": "dmy", "prossimo": "dmy", "mese": "dm", "mesi": "m", "anni": "y", "anniversario": "dmy",
    # Portuguese
    "há": "dmy", "passada": "dmy", "dias": "d", "véspera": "d", "mês": "dm", "anos": "y",
}  # fmt: skip
# A word that names several days of the week, from Monday, 0.
SEVERAL_WEEKDAYS: Mapping[str, tuple[int, ...]] = {
    "weekend": (4, 5, 6), "weekends": (4, 5, 6), "wochenende": (4, 5, 6),
}  # fmt: skip
# "The 11 September attacks", "les attentats du 11 septembre": the date is a name.
EVENTS_BEFORE = words(
    "anschläge, anschlägen, anschlag, aufstand, putsch, massaker, attentats, attentat, attaques, massacre,"
    " manifestations, putsch, atentados, atentado, masacre, golpe, ataques, attentati, attentato, strage,"
    " attacchi, massacro, atentado, atentados, ataques, massacre, bewegung, mouvement, movimiento,"
    " movimento, revolution, révolution, revolución, rivoluzione, revolução, place, plaza, piazza, praça,"
    " avenue, avenida, rue, calle, via, rua, straße, boulevard, brigade, pont, puente, ponte, aeropuerto"
)
# Besides the names in full; what stands for a day only in some places may stand here too.
SHORT_WEEKDAYS: Mapping[str, int] = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
    "sat": 5, "sun": 6, "sonnabend": 5, "lun": 0, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6,
    "segunda": 0, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4,
}  # fmt: skip
# Words, where they are written small.
WEEKDAYS_LIKE_WORDS = words("sat, sun, wed, mon")
# In an English post these are words or names, and neither days nor months.
NO_DAYS_IN_ENGLISH = words("ago, out, set, sam, dim, mer")
# Days of the week that are names: of holidays, papers, prayers, shops.
NAMED_DAYS_BEFORE = words(
    "black, good, bloody, ash, palm, easter, whit, cyber, super, holy, maundy, shrove, fat, blue, giving,"
    " sheffield, man, girl, every, each, casual, any, most, some, one, the, a, per, joe, jeden, jeder,"
    " chaque, tous les, le, todos los, cada, ogni, toda, todo"
)
NAMED_DAYS_AFTER = words(
    "prayers, prayer, sermon, sermons, worship, mass, school, schools, papers, paper, newspaper,"
    " newspapers, league, club, clubs, best, lunch, roast, edition, times, service, services, magazine"
)
# A day of the week is said by these and the like: "on Friday", "until Friday".
BEFORE_WEEKDAYS = words(
    "on, until, till, since, by, from, before, after, to, through, last, next, this, late, early, late on,"
    " and, or, between, for, am, vom, bis, seit, ab, zum, nach, vor, letzten, vergangenen, kommenden,"
    " nächsten, diesen, depuis, jusqu'à, ce, dès, avant, après, el, desde, hasta, este, pasado, próximo,"
    " da, dal, fino a, entro, na, no, até, nesta, neste"
)
SPEECH = words(
    "said, says, say, told, tells, tell, announced, announces, announce, reported, reports, report,"
    " confirmed, confirms, confirm, added, adds, wrote, writes, statement, spokesman, spokeswoman,"
    " spokesperson, according, disclosed, declared, warned, warns, warn, told, showed, shows, show,"
    " published, tweeted, posted, noted, quoted, sagte, teilte, mitteilte, erklärte, meldete, berichtete,"
    " dit, déclaré, annoncé, indiqué, selon, affirmé, dijo, informó, anunció, según, declaró, disse, detto,"
    " annunciato, secondo, comunicato, anunciou, informou, segundo"
)
# A date without a year after the first is of this year or one of the last; beside the second it
# may be of any.
SINCE = words("since, seit, depuis, desde, dal, da")
LONG_AGO = words(
    "anniversary, anniversaries, birthday, ago, jahrestag, geburtstag, anniversaire, aniversario,"
    " anniversario, compleanno"
)
PARTS_OF_DAY = words("morning, afternoon, evening, night, noon, lunchtime, midnight, dawn")
BEFORE_MONTHS = words(
    "in, since, by, until, till, from, before, after, during, last, late, early, mid, im, seit, bis, ab,"
    " anfang, ende, mitte, en, depuis, fin, debut, avant, apres, desde, hasta, a, da, dal, entro, em, ate"
)
BEFORE_YEARS = words(
    "in, since, by, until, till, from, before, after, during, between, than, im, jahr, jahre, seit, bis, ab, en, depuis,"
    " avant, apres, desde, hasta, nel, dal, entro, em, ate"
)
# "In all of 2022", "the end of March": before "of" these tell that a year or month follows.
PARTS_OF_TIMES = words(
    "all, end, start, beginning, middle, most, half, rest, whole, part, spring, summer, autumn, winter,"
    " close, last, first"
)
# "From January to July", "between 2016 and 2021".
RANGES = words("from, between")
# They divide a sentence into what is said of one thing and of the next.
CONJUNCTIONS = frozenset({
    "and", "but", "after", "when", "while", "before", "that", "which", "who", "as", "because", "where",
    "although", "und", "aber", "nachdem", "als", "während", "dass", "et", "mais", "quand", "que", "qui",
    "y", "pero", "cuando", "ma", "quando", "che", "mas",
})  # fmt: skip
# A day right at midnight, or of another zone, may be its neighbour.
NEAR_MIDNIGHT = words(
    "midnight, overnight, late, early, local, gmt, utc, dawn, minuit, medianoche, mezzanotte,"
    " mitternacht, meia, madrugada"
)
