"""The mutators: what each check has to find, put into a clean article at a random place.

A mutator looks at the article, never at a check, and returns None where it finds no place at which
the fault would be one. A new check brings its own.
"""

from benchmarks.seeded.fault import Mutator
from benchmarks.seeded.faults import (
    around,
    days,
    fates,
    figures,
    markup,
    names,
    outlets,
    people,
    quotes,
    senses,
    sentences,
    sources,
    times,
)

FAULTS: dict[str, tuple[Mutator, ...]] = {
    "source-missing": (sources.no_sources, sources.no_sources_nor_marks),
    "source-not-a-post": (sources.cut_to_channel, sources.break_id),
    "source-shared-id": (sources.share_an_id, sources.same_id_elsewhere),
    "source-duplicate": (sources.link_twice,),
    "source-id-time": (sources.shift_posted_at, sources.shift_id, sources.shift_untimed_id),
    "source-unarchived": (fates.erase_text,),
    "source-unconfirmed": (fates.enter_by_hand,),
    "source-changed": (fates.edit_later,),
    "source-deleted": (fates.withdraw_post,),
    "source-uncited": (sources.link_without_citing, sources.forget_one_of_two),
    "single-origin": (fates.one_outlet, fates.same_words_again, fates.only_repeat),
    "citation-unknown": (sources.misspell_mark, sources.remove_a_source),
    "outlet-not-linked": (
        outlets.name_an_unlinked_outlet,
        outlets.credit_an_unlinked_outlet,
        outlets.credit_by_way_of,
    ),
    "outlet-mismatch": (
        outlets.move_mark,
        outlets.name_another_linked_outlet,
        outlets.credit_another_linked_outlet,
    ),
    "outlet-relayed": (outlets.cite_through_another,),
    "stated-time": (
        times.other_minute,
        times.other_zone,
        times.state_a_wrong_time,
        times.state_a_wrong_day,
    ),
    "future-time": (times.state_a_time_to_come, times.slip_into_next_year, times.date_it_next_year),
    "weekday": (times.other_weekday, times.shift_date, times.add_weekday, times.date_it_wrongly),
    "impossible-date": (times.day_too_many, times.date_it_impossibly),
    "date-differs": (
        days.other_weekday_than_the_post,
        days.other_month_than_the_post,
        days.other_year_than_the_post,
    ),
    "quote-not-found": (
        quotes.insert_not,
        quotes.insert_hidden_not,
        quotes.drop_word,
        quotes.swap_words,
        quotes.other_word,
        quotes.other_number,
        quotes.graft_an_ending,
    ),
    "quote-elsewhere": (quotes.cite_another_post,),
    "quote-translated": (quotes.quote_a_translation,),
    "quote-ambiguous": (quotes.say_it_twice,),
    "figure-not-found": (
        figures.swap_digit,
        figures.swap_two_digits,
        figures.shift_point,
        figures.swap_word,
        figures.swap_currency,
        figures.cite_another_post,
    ),
    "name-not-found": (names.misspell_a_name, names.other_first_name, names.swap_title),
    "role-differs": (
        people.call_somebody_something_else,
        people.relate_somebody_otherwise,
        people.count_other_kin,
    ),
    "place-differs": (people.put_it_elsewhere,),
    "unsourced-claim": (
        sentences.drop_mark,
        sentences.add_a_bare_sentence,
        sentences.unwrap_voice,
    ),
    "headline-drift": (
        around.swap_digit,
        around.change_social_text,
        around.change_alt,
        around.quote_otherwise,
        around.quote_what_is_not_there,
        around.credit_an_absent_outlet,
    ),
    "conflict": (figures.contradict_a_post,),
    "hedge-lost": (sentences.doubt_the_post, sentences.state_it_flatly),
    "opposite-told": (senses.turn_a_word_round, senses.tell_the_opposite),
    "winner-differs": (people.let_the_loser_win,),
    "negation-differs": (senses.insert_not, senses.deny_or_affirm),
    "speaker-differs": (senses.name_another_speaker, senses.quote_somebody_else),
    "verbatim-copy": (sentences.paste_the_post, sentences.lose_the_quotation_marks),
    "too-large": (around.write_too_much, around.archive_too_much),
    "framing-note-missing": (around.delete_framing_note,),
    "code-block": (around.fence_text,),
    "markup-shown": (
        around.write_no_markup,
        markup.slip_in_a_mark,
        markup.type_other_markup,
        markup.add_a_cell,
        markup.mark_up_a_title,
    ),
    "image-unknown": (around.embed_a_stranger,),
    "image-alt-missing": (around.forget_alt,),
    "image-credit-missing": (around.forget_credit,),
}

# Codes that no case can be given, each with the reason.
WITHOUT_MUTATOR: dict[str, str] = {}
