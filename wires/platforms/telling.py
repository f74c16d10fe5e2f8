"""The words whose change would mislead: figures, number words, negations, what is quoted."""

import re
import unicodedata
from html import unescape

_MARKS = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞", '"')
    | dict.fromkeys("‘’‚‛‹›′`´", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"…": "...", "\xa0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\xad": ""}
)
# As earlier releases stored what had been escaped twice.
_BLOCK_AS_TEXT = re.compile(
    r"</?(?:blockquote|div|h[1-6]|li|ol|p|table|tr|ul)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE
)
_BREAK_AS_TEXT = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG_AS_TEXT = re.compile(
    r"<!--(?:(?!<!--).){0,2000}?-->|</?(?:a|b|em|i|img|small|span|strong|sub|sup|td|th|u)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)

_NUMBER_WORDS = frozenset({
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions",
    "trillion", "dozen", "dozens", "half", "third", "thirds", "quarter", "quarters", "double",
    "triple", "twice", "thrice", "both", "first", "second", "fourth", "fifth", "sixth", "seventh",
    "eighth", "ninth", "tenth", "pair", "couple", "un", "une", "deux", "trois", "quatre", "cinq", "sept", "huit",
    "neuf", "dix", "cent", "mille", "ein", "eine", "zwei", "drei", "vier", "fünf", "sechs",
    "sieben", "acht", "neun", "zehn", "hundert", "tausend", "uno", "una", "dos", "tres", "cuatro",
    "cinco", "seis", "siete", "ocho", "nueve", "diez", "cien", "mil", "due", "tre", "quattro",
    "cinque", "sei", "sette", "otto", "nove", "dieci", "cento", "um", "uma", "dois", "três",
    "sete", "oito", "dez", "один", "одна", "два", "две", "три", "четыре", "пять", "шесть", "семь",
    "восемь", "девять", "десять", "сто", "тысяча", "тысяч", "миллион", "миллионов", "миллиард",
    "двух", "трёх", "трех", "четырёх", "четырех", "пяти", "шести", "семи", "восьми", "девяти",
    "десяти", "двое", "трое", "четверо", "пятеро", "половина", "дві",
    "чотири", "п'ять", "шість", "сім", "вісім", "дев'ять", "двоє", "троє", "jeden", "jedna", "dwa",
    "dwie", "dwóch", "trzy", "trzech", "cztery", "czterech", "pięć", "pięciu", "sześć", "siedem",
    "osiem", "dziewięć", "dziesięć", "dwoje", "dva", "dvě", "tři", "čtyři", "pět", "šest", "devět",
    "deset", "två", "fyra", "fem", "sju", "åtta", "nio", "tio",
    "seks", "syv", "otte", "åtte", "twee", "drie", "zes", "zeven", "negen", "tien",
    "honderd", "duizend", "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän",
    "kahdeksan", "yhdeksän", "kymmenen", "sata", "tuhat", "iki", "üç", "dört", "beş", "altı",
    "yedi", "sekiz", "dokuz", "két", "kettő", "három", "négy", "öt", "hét", "nyolc",
    "kilenc", "tíz", "doi", "două", "patru", "cinci", "șase", "șapte", "nouă", "zece",
    "ένας", "μία", "δύο", "τρεις", "τρία", "τέσσερις", "πέντε", "έξι", "επτά", "οκτώ", "εννέα",
    "δέκα", "satu", "dua", "tiga", "empat", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "واحد", "اثنان", "اثنين", "ثلاثة", "ثلاث", "أربعة", "أربع", "خمسة", "خمس", "ستة", "سبعة",
    "ثمانية", "تسعة", "عشرة", "عشرات", "مئات", "آلاف", "שני", "שתי", "שלושה", "ארבעה", "חמישה",
    "एक", "दो", "तीन", "चार", "पाँच", "पांच", "छह", "सात", "आठ", "नौ", "दस",
})  # fmt: skip
NEGATIONS = frozenset({
    "no", "not", "never", "none", "neither", "nor", "nobody", "nothing", "nowhere", "without",
    "cannot", "can't", "won't", "isn't", "aren't", "wasn't", "weren't", "don't", "doesn't",
    "didn't", "hasn't", "haven't", "hadn't", "shouldn't", "wouldn't", "couldn't", "mustn't",
    "ain't", "hardly", "denies", "denied", "deny", "false", "unlikely", "ne", "pas", "jamais",
    "aucun", "aucune", "rien", "sans", "non", "ni", "nicht", "kein", "keine", "keinen", "keiner",
    "keinem", "nie", "niemand", "nichts", "ohne", "nunca", "jamás", "nadie", "nada", "ningún",
    "ninguna", "sin", "não", "nenhum", "nenhuma", "sem", "mai", "nessuno", "niente", "senza",
    "не", "нет", "ни", "никогда", "никто", "ничего", "без", "niet", "geen", "nooit", "nigdy",
    "nikt", "nic", "bez", "لا", "لم", "لن", "ليس", "غير", "inte", "ej", "ingen", "inga", "inget",
    "aldrig", "ikke", "aldri", "ei", "eivät", "eikä", "ilman", "değil", "yok", "nem",
    "nincs", "nu", "nici", "fără", "δεν", "μην", "όχι", "χωρίς", "tidak", "bukan", "tanpa", "không",
    "chưa", "לא", "אין", "ללא", "नहीं", "बिना", "ні", "немає", "ніколи", "nejsou", "není",
})  # fmt: skip
_NEGATED_EAST = re.compile("[不没沒无無未非]|ない|なかった|ません|않|못")
# Where no spaces part words, each sign of a number tells; Korean and Thai write digits.
_COUNTED_EAST = re.compile("[〇零一二两兩三四五六七八九十百千万萬亿億]+")
# Vowel signs of Indian scripts are letters to a reader, and none to \w.
_LETTERS = r"(?:[^\W\d_]|[\u0900-\u0963\u0a00-\u0a4d])+"
_TELLING = re.compile(rf"\d+(?:[.,:/]\d+)*%?|{_LETTERS}(?:'{_LETTERS})?")
_QUOTED = re.compile(
    r'"([^"\n]{1,2000})"|(?<!\w)\'([^\'\n]{2,500})\'(?!\w)|[「『]([^「『」』\n]{1,500})[」』]'
)


def plain(text: str) -> str:
    """Return text as it was meant, with one kind of quotation marks and dashes."""
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = _BREAK_AS_TEXT.sub("\n", _BLOCK_AS_TEXT.sub("\n\n", text))
        text = _TAG_AS_TEXT.sub("", text)
    return unicodedata.normalize("NFC", text).translate(_MARKS)


def telling_words(text: str) -> list[str]:
    """Return the digits, number words, negations and quoted words of a text, in order."""
    text = plain(text)
    words = (found[0].casefold() for found in _TELLING.finditer(text))
    telling = [
        word
        for word in words
        if word[0].isdigit() or word in _NUMBER_WORDS or word in NEGATIONS or word.endswith("n't")
    ]
    telling += _NEGATED_EAST.findall(text) + _COUNTED_EAST.findall(text)
    for found in _QUOTED.finditer(text):
        telling += next(filter(None, found.groups()), "").casefold().split()
    return telling
