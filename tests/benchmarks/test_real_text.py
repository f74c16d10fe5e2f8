import json

from articles.vetting import Finding, Level
from benchmarks.real_text import RealText, missed_goals, read_texts, table

LONG = " ".join(["The harbour was quiet and the tide came in."] * 10)


def feed(words):
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Quay Dispatch</title><item>'
        f"<title>Tide</title><guid>https://quay.example/1</guid><description>{words}</description>"
        "</item></channel></rss>"
    )


def corpora(folder, **feeds):
    for name in ("news", "feeds/real/some", "claims"):
        (folder / name).mkdir(parents=True)
    item = {"id": "n1", "outlet": "Tarn Radio", "posted_at": None, "text": f"News. {LONG}"}
    (folder / "news/items.jsonl").write_text(json.dumps(item))
    (folder / "claims/qags_cnndm.jsonl").write_text(json.dumps({"article": f"Claims. {LONG}"}))
    for name, words in feeds.items():
        (folder / "feeds/real/some" / name.replace("_", ".")).write_text(feed(words))
    return folder


def finding(level):
    return Finding(code="weekday", level=level, field="body", message="No.", evidence={})


def test_news_feeds_of_every_name_and_claims_are_read(tmp_path):
    folder = corpora(tmp_path, a_xml=f"Xml. {LONG}", b_rss=f"Rss. {LONG}", c_atom=f"Atom. {LONG}")

    texts = list(read_texts(folder))

    assert [text.corpus for text in texts] == ["news", "feeds", "feeds", "feeds", "qags"]


def test_a_text_that_comes_twice_or_is_short_is_left_out(tmp_path):
    folder = corpora(tmp_path, a_xml=f"Same. {LONG}", b_rss=f"Same. {LONG}", c_atom="Too short.")

    texts = list(read_texts(folder))

    assert [text.corpus for text in texts].count("feeds") == 1


def test_each_figure_has_its_count_and_its_interval():
    texts = [RealText("news", f"n{n}", "Tarn Radio", LONG) for n in range(4)]
    found = {text: [] for text in texts[1:]}
    found = {texts[0]: [finding(Level.HOLD), finding(Level.QUERY)], **found}

    lines = list(table(found))

    assert lines[2] == (
        "| news | 4 | 1: 0.250 (0.046-0.699) | 1: 0.250 (0.046-0.699) | 0.250 (1) |"
    )
    assert len(list(missed_goals(found))) == 2
