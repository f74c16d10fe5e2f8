"""Arabic, Persian, Russian and Turkish, and the currencies of Chinese, Japanese and Korean."""

from articles.vetting.lexicon import units
from articles.vetting.lexicon.calendar_names import month_names, weekday_names
from articles.vetting.lexicon.lexicon import Bound, Lexicon, counting, each, words

ARABIC = Lexicon(
    code="ar",
    # The names of Egypt and of the Levant.
    months=month_names("ar", "ar_LB"),
    weekdays=weekday_names("ar"),
    scales={
        **each("ألف, آلاف, الف", 1e3), **each("مليون, ملايين", 1e6), **each("مليار, مليارات", 1e9),
    },
    units={
        **each("في المئة, في المائة, بالمئة, بالمائة", units.PERCENT), **each("دولار", units.DOLLAR),
        **each("يورو", units.EURO), **each("متر", units.METRE), **each("كيلومتر", units.KILOMETRE),
        **each("طن", units.TONNE), **each("ساعة, ساعات", units.HOUR), **each("يوما, أيام, يوم", units.DAY),
        **each("دقيقة, دقائق", units.MINUTE), **each("عاما, سنة, سنوات", units.YEAR),
    },
    comparators={
        **each("أكثر من, على الأقل", Bound.ABOVE),
        **each("أقل من, قرابة, ما يقرب من", Bound.BELOW),
    },
    hedges=words("نحو, حوالي, قرابة, ما يقرب من"),
    before_years=words("عام, سنة, في, منذ"),
    tolls={**each("قتيلا, قتلى, قتيل", "dead"), **each("جريحا, جرحى, مصابا", "hurt")},
)  # fmt: skip
PERSIAN = Lexicon(
    code="fa",
    months=month_names("fa") | counting(
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند", start=1
    ) | each("ژوئیه", 7),
    weekdays=weekday_names("fa"),
    scales={**each("هزار", 1e3), **each("میلیون", 1e6), **each("میلیارد", 1e9)},
    units={
        **each("درصد", units.PERCENT), **each("دلار", units.DOLLAR), **each("یورو", units.EURO),
        **each("متر", units.METRE), **each("کیلومتر", units.KILOMETRE), **each("تن", units.TONNE),
        **each("ساعت", units.HOUR), **each("روز", units.DAY), **each("دقیقه", units.MINUTE),
        **each("سال", units.YEAR), **each("تومان", units.money("tomans")),
        **each("ریال", units.money("rials")),
    },
    comparators={
        **each("بیش از, دست‌کم, دست کم", Bound.ABOVE), **each("کمتر از, نزدیک به", Bound.BELOW),
    },
    hedges=words("حدود, تقریبا, نزدیک به"),
    before_years=words("سال, در, از"),
    tolls={**each("کشته", "dead"), **each("زخمی, مجروح", "hurt"), **each("ناپدید, مفقود", "missing")},
)  # fmt: skip
RUSSIAN = Lexicon(
    code="ru",
    months=month_names("ru"),
    weekdays=weekday_names("ru"),
    scales={
        **each("тыс, тысяч, тысячи, тысяча", 1e3), **each("млн, миллион, миллиона, миллионов", 1e6),
        **each("млрд, миллиард, миллиарда, миллиардов", 1e9), **each("трлн", 1e12),
    },
    units={
        **each("процент, процента, процентов", units.PERCENT),
        **each("доллар, доллара, долларов", units.DOLLAR), **each("евро", units.EURO),
        **each("рубль, рубля, рублей", units.ROUBLE), **each("км", units.KILOMETRE),
        **each("час, часа, часов", units.HOUR), **each("день, дня, дней", units.DAY),
        **each("минут, минуты", units.MINUTE), **each("год, года, лет", units.YEAR),
        **each("метров, метра", units.METRE), **each("тонн, тонны", units.TONNE),
    },
    comparators={**each("более, больше, свыше, не менее", Bound.ABOVE), **each("менее, до, почти", Bound.BELOW)},
    hedges=words("около, примерно, почти"),
    before_years=words("в, до"),
    tolls={**each("погибли, погибших, погиб", "dead"), **each("ранены, раненых, пострадали", "hurt")},
)  # fmt: skip
TURKISH = Lexicon(
    code="tr",
    months=month_names("tr"),
    weekdays=weekday_names("tr"),
    scales={"bin": 1e3, **each("milyon", 1e6), **each("milyar", 1e9)},
    units={**each("lira", units.LIRA), **each("dolar", units.DOLLAR), **each("euro", units.EURO)},
    hedges=words("yaklaşık"),
    tolls={**each("ölü", "dead"), **each("yaralı", "hurt")},
)  # fmt: skip
CHINESE, JAPANESE, KOREAN = (
    Lexicon(
        code=code,
        units={
            "元": units.YUAN, **each("美元", units.DOLLAR), "円": units.YEN, **each("欧元", units.EURO),
            "원": units.WON,
        },
    )
    for code in ("zh", "ja", "ko")
)  # fmt: skip
