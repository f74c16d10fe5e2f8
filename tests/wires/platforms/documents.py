"""Builders of small feeds and channel pages for tests."""

import base64
import json


def rss(*items, head="", start='<?xml version="1.0" encoding="utf-8"?>\n'):
    return (
        f'{start}<rss version="2.0"><channel><title>Paper</title>'
        f"<link>https://paper.example/</link>{head}{''.join(items)}</channel></rss>"
    )


def item(title="Title", guid="1", *, link="https://paper.example/1", body="Words", more=""):
    fields = {"title": title, "guid": guid, "link": link, "description": body}
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items() if value)
    return f"<item>{inner}{more}</item>"


def message(
    number=1, text="Words", *, channel="Gazette", chat=-100, inside="", classes="", meta=""
):
    view = base64.urlsafe_b64encode(json.dumps({"c": chat, "p": number}).encode()).decode()
    shown = f'<div class="tgme_widget_message_text js-message_text">{text}</div>' if text else ""
    return (
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message {classes}"'
        f' data-post="{channel}/{number}" data-view="{view.rstrip("=")}">{inside}{shown}'
        f'<span class="tgme_widget_message_meta">{meta}<a class="tgme_widget_message_date"'
        f' href="https://t.me/{channel}/{number}"><time datetime="2026-06-25T12:00:00+00:00">'
        "12:00</time></a></span></div></div>"
    )


def channel_page(*messages, head=""):
    return (
        f"<!DOCTYPE html><html><head><title>Gazette</title>{head}</head><body>"
        f'<section class="tgme_channel_history">{"".join(messages)}</section></body></html>'
    )
