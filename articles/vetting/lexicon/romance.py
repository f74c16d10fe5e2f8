"""French, Spanish, Italian and Portuguese."""

from collections.abc import Iterator

from articles.vetting.lexicon import units
from articles.vetting.lexicon.calendar_names import month_names, weekday_names
from articles.vetting.lexicon.lexicon import Bound, Lexicon, bare, compounds, counting, each, words


def _french() -> Iterator[tuple[str, int]]:
    small = counting(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    ) | {"dix sept": 17, "dix huit": 18, "dix neuf": 19}
    tens = counting("vingt trente quarante cinquante soixante", start=20, step=10)
    yield from (*small.items(), *tens.items(), *compounds(tens, small))
    yield from ((f"{ten} et un", value + 1) for ten, value in tens.items())
    yield from ((f"soixante {unit}", 60 + n) for unit, n in small.items() if n >= 10)
    yield from (("soixante et onze", 71), ("quatre vingts", 80))
    yield from ((f"quatre vingt {unit}", 80 + n) for unit, n in small.items() if n >= 1)
    yield "cent", 100
    yield from (
        (f"{unit} cent{s}", n * 100) for unit, n in small.items() if 2 <= n <= 9 for s in ("", "s")
    )


def _spanish() -> Iterator[tuple[str, int]]:
    small = counting(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
        " dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro"
        " veinticinco veintiséis veintisiete veintiocho veintinueve"
    )
    tens = counting("treinta cuarenta cincuenta sesenta setenta ochenta noventa", start=30, step=10)
    yield from (*small.items(), *tens.items(), *compounds(tens, small, " y "))
    yield from counting(
        "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos"
        " novecientos", start=200, step=100
    ).items()  # fmt: skip
    yield from (("cien", 100), ("ciento", 100))


def _italian() -> Iterator[tuple[str, int]]:
    small = counting(
        "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici"
        " quindici sedici diciassette diciotto diciannove"
    )
    yield from small.items()
    tens = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
    for ten, value in counting(tens, start=20, step=10).items():
        yield ten, value
        for unit, n in list(small.items())[1:10]:
            # Two vowels do not meet: ventuno, ventotto.
            yield f"{ten[:-1] if n in (1, 8) else ten}{unit}", value + n
    yield "cento", 100
    yield from ((f"{unit}cento", n * 100) for unit, n in small.items() if 2 <= n <= 9)


def _portuguese() -> Iterator[tuple[str, int]]:
    small = counting(
        "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze"
        " dezesseis dezessete dezoito dezenove"
    )
    tens = counting(
        "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa", start=20, step=10
    )
    yield from (*small.items(), *tens.items(), *compounds(tens, small, " e "))
    yield from counting(
        "duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos",
        start=200, step=100,
    ).items()  # fmt: skip
    yield from (("cem", 100), ("cento", 100), ("duas", 2), ("dezasseis", 16))


def _above_one(numbers: Iterator[tuple[str, int]]) -> dict[str, int]:
    return {word: value for word, value in numbers if value > 1}


FRENCH = Lexicon(
    code="fr",
    months=month_names("fr"),
    weekdays=weekday_names("fr"),
    number_words=_above_one(_french()),
    ones=words("un, une"),
    joints=words("et"),
    scales={
        "mille": 1e3, **each("million, millions, mio", 1e6),
        **each("milliard, milliards, mrd, mds", 1e9), **each("billion, billions", 1e12),
        **each("douzaine", 12.0),
    },
    fractions={**each("moitié", 1 / 2), **each("tiers", 1 / 3), **each("quart, quarts", 1 / 4)},
    multiples={**each("double, doublé", 2), **each("triple, triplé", 3)},
    spans={**each("décennie", (10.0, "ans"))},
    units={
        **each("pour cent", units.PERCENT), **each("points de pourcentage, point de pourcentage", units.POINTS),
        **each("points de base", units.BASIS_POINTS), **each("dollar, dollars", units.DOLLAR),
        **each("euro, euros", units.EURO), **each("livres, livres sterling", units.POUND),
        **each("roubles", units.ROUBLE), **each("francs", units.FRANC), **each("couronnes", units.CROWN),
        **each("yens", units.YEN), **each("reais", units.REAL),
        **each("seconde, secondes", units.SECOND), **each("minute, minutes", units.MINUTE),
        **each("heure, heures", units.HOUR), **each("jour, jours", units.DAY),
        **each("semaine, semaines", units.WEEK), **each("mois", units.MONTH),
        **each("an, ans, année, années", units.YEAR), **each("mètre, mètres", units.METRE),
        **each("kilomètre, kilomètres", units.KILOMETRE), **each("tonne, tonnes", units.TONNE),
        **each("kilo, kilos", units.KILOGRAM), **each("hectare, hectares", units.HECTARE),
        **each("degré, degrés", units.CELSIUS), **each("litre, litres", units.LITRE),
        **each("mégawatts", units.MEGAWATT), **each("gigawatts", units.GIGAWATT),
    },
    comparators={
        **each("plus de, au moins", Bound.ABOVE),
        **each("moins de, jusqu'à, près de, presque", Bound.BELOW),
    },
    hedges=words("environ, quelque, près de, autour de, presque"),
    labels=words("article, page, chapitre, numéro, n°, no, ligne, chambre, phase"),
    before_years=words("en, depuis, de, fin, début, été, hiver, année"),
    tolls={
        **each("mort, morts, mortes, décès, tués, tué, tuées", "dead"),
        **each("blessé, blessés, blessées", "hurt"), **each("disparus, disparu", "missing"),
    },
    function_words=words(
        "le, la, les, l, un, une, des, du, de, d, et, ou, à, au, aux, en, dans, par, pour, sur, avec,"
        " est, sont, était, ont, a, qui, que, se, il, elle, ils, ce, cette, ne, pas, selon"
    ),
)  # fmt: skip
SPANISH = Lexicon(
    code="es",
    months=month_names("es") | each("setiembre", 9),
    weekdays=weekday_names("es"),
    number_words=_above_one(_spanish()),
    ones=words("un, uno, una"),
    joints=words("y"),
    scales={
        "mil": 1e3, "mil millones": 1e9, **each("millón, millones, mill", 1e6),
        **each("billón, billones", 1e12), **each("docena", 12.0),
    },
    fractions={**each("mitad", 1 / 2), **each("tercio", 1 / 3), **each("cuarto", 1 / 4)},
    multiples={**each("doble, duplicó", 2), **each("triple, triplicó", 3)},
    spans={**each("década", (10.0, bare("años")))},
    units={
        **each("por ciento", units.PERCENT), **each("puntos porcentuales", units.POINTS),
        **each("puntos básicos", units.BASIS_POINTS), **each("dólar, dólares", units.DOLLAR),
        **each("euro, euros", units.EURO), **each("libras", units.POUND), **each("yenes", units.YEN),
        **each("pesos, peso", units.PESO), **each("rublos", units.ROUBLE), **each("reales", units.REAL),
        **each("segundo, segundos", units.SECOND), **each("minuto, minutos", units.MINUTE),
        **each("hora, horas", units.HOUR), **each("día, días", units.DAY),
        **each("semana, semanas", units.WEEK), **each("mes, meses", units.MONTH),
        **each("año, años", units.YEAR), **each("metro, metros", units.METRE),
        **each("kilómetro, kilómetros", units.KILOMETRE), **each("tonelada, toneladas", units.TONNE),
        **each("kilo, kilos", units.KILOGRAM), **each("hectárea, hectáreas", units.HECTARE),
        **each("grado, grados", units.CELSIUS), **each("litro, litros", units.LITRE),
        **each("megavatios", units.MEGAWATT), **each("gigavatios", units.GIGAWATT),
    },
    comparators={
        **each("más de, al menos, por lo menos", Bound.ABOVE),
        **each("menos de, hasta, casi", Bound.BELOW),
    },
    hedges=words("unos, unas, cerca de, alrededor de, aproximadamente, casi"),
    labels=words("artículo, página, capítulo, número, línea, fase, ruta"),
    before_years=words("en, desde, de, del, año, verano, invierno"),
    tolls={
        **each("muerto, muertos, muertas, muerta, murieron, fallecidos", "dead"),
        **each("herido, heridos, heridas", "hurt"), **each("desaparecidos, desaparecido", "missing"),
    },
    function_words=words(
        "el, la, los, las, de, del, y, o, a, al, en, por, para, con, sin, es, son, fue, fueron, que,"
        " se, su, sus, lo, no, según, entre, tras, desde, ha, han"
    ),
)  # fmt: skip
ITALIAN = Lexicon(
    code="it",
    months=month_names("it"),
    weekdays=weekday_names("it"),
    number_words=_above_one(_italian()),
    ones=words("uno, una"),
    joints=words("e"),
    scales={
        **each("mila, mille", 1e3), **each("milione, milioni, mln", 1e6),
        **each("miliardo, miliardi, mld", 1e9), **each("dozzina", 12.0),
    },
    fractions={**each("metà", 1 / 2), **each("terzo", 1 / 3), **each("quarto", 1 / 4)},
    multiples={**each("doppio, raddoppiato", 2), **each("triplo", 3)},
    spans={**each("decennio", (10.0, "anni"))},
    units={
        **each("per cento", units.PERCENT), **each("punti percentuali", units.POINTS),
        **each("punti base", units.BASIS_POINTS), **each("dollaro, dollari", units.DOLLAR),
        **each("euro", units.EURO), **each("sterline", units.POUND), **each("rubli", units.ROUBLE),
        **each("secondo, secondi", units.SECOND), **each("minuto, minuti", units.MINUTE),
        **each("ora, ore", units.HOUR), **each("giorno, giorni", units.DAY),
        **each("settimana, settimane", units.WEEK), **each("mese, mesi", units.MONTH),
        **each("anno, anni", units.YEAR), **each("metro, metri", units.METRE),
        **each("chilometro, chilometri", units.KILOMETRE), **each("tonnellata, tonnellate", units.TONNE),
        **each("chilo, chili", units.KILOGRAM), **each("ettaro, ettari", units.HECTARE),
        **each("grado, gradi", units.CELSIUS), **each("litro, litri", units.LITRE),
        **each("megawatt", units.MEGAWATT), **each("gigawatt", units.GIGAWATT),
    },
    comparators={
        **each("più di, oltre, almeno", Bound.ABOVE),
        **each("meno di, quasi, fino a", Bound.BELOW),
    },
    hedges=words("circa, quasi, intorno a, quasi"),
    labels=words("articolo, pagina, capitolo, numero, linea, fase"),
    before_years=words("nel, dal, del, anno, estate, inverno"),
    tolls={
        **each("morto, morti, morte, vittime", "dead"), **each("ferito, feriti, ferite", "hurt"),
        **each("dispersi, disperso", "missing"),
    },
    function_words=words(
        "il, lo, la, i, gli, le, di, del, della, dei, e, o, a, al, in, nel, per, con, su, da, è, sono,"
        " era, che, si, non, ha, hanno, tra, secondo"
    ),
)  # fmt: skip
PORTUGUESE = Lexicon(
    code="pt",
    months=month_names("pt", "pt_PT"),
    weekdays=weekday_names("pt"),
    number_words=_above_one(_portuguese()),
    ones=words("um, uma"),
    joints=words("e"),
    scales={
        "mil": 1e3, **each("mil milhões", 1e9), **each("milhão, milhões, mi", 1e6),
        **each("bilhão, bilhões, bi", 1e9), **each("trilhão, trilhões", 1e12),
    } ,
    fractions={**each("metade", 1 / 2), **each("terço", 1 / 3), **each("quarto", 1 / 4)},
    multiples={**each("dobro, dobrou", 2), **each("triplo", 3)},
    spans={**each("década", (10.0, "anos"))},
    units={
        **each("por cento", units.PERCENT), **each("pontos percentuais", units.POINTS),
        **each("pontos base", units.BASIS_POINTS), **each("dólar, dólares", units.DOLLAR),
        **each("euro, euros", units.EURO), **each("libras", units.POUND), **each("real, reais", units.REAL),
        **each("segundo, segundos", units.SECOND), **each("minuto, minutos", units.MINUTE),
        **each("hora, horas", units.HOUR), **each("dia, dias", units.DAY),
        **each("semana, semanas", units.WEEK), **each("mês, meses", units.MONTH),
        **each("ano, anos", units.YEAR), **each("metro, metros", units.METRE),
        **each("quilômetro, quilômetros, quilómetros", units.KILOMETRE),
        **each("tonelada, toneladas", units.TONNE), **each("quilo, quilos", units.KILOGRAM),
        **each("hectare, hectares", units.HECTARE), **each("grau, graus", units.CELSIUS),
        **each("litro, litros", units.LITRE), **each("megawatts", units.MEGAWATT),
    },
    comparators={
        **each("mais de, ao menos, pelo menos", Bound.ABOVE),
        **each("menos de, quase, até", Bound.BELOW),
    },
    hedges=words("quase, cerca de, aproximadamente, uns, umas"),
    labels=words("artigo, página, capítulo, número, linha, fase"),
    before_years=words("em, desde, de, ano, verão, inverno"),
    tolls={
        **each("morto, mortos, mortas, mortes", "dead"), **each("ferido, feridos, feridas", "hurt"),
        **each("desaparecidos, desaparecido", "missing"),
    },
    function_words=words(
        "o, a, os, as, de, do, da, dos, das, e, ou, ao, em, no, na, por, para, com, é, são, foi, foram,"
        " que, se, não, segundo, entre, desde, tem, têm"
    ),
)  # fmt: skip
