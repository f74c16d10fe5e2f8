import tomllib
from pathlib import Path

WRITTEN = tomllib.loads(Path(__file__).with_name("names.toml").read_text())


def test_each_written_fault_names_what_no_post_of_it_says():
    faults = WRITTEN["fault"]

    said = [fault["wrong"] in fault["text"] for fault in faults]
    given = [f" {fault['wrong']} " in " ".join(fault["posts"]) for fault in faults]

    assert len(faults) >= 40
    assert all(said)
    assert not any(given)


def test_there_are_sixty_clean_texts_in_wire_style():
    clean = WRITTEN["clean"]

    assert len(clean) >= 60
