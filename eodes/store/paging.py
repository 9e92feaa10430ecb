"""Lists of messages, ours or partners', cut to the page that is asked for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Table, select

from eodes.store.records import Page


def newest(messages: Table, page: Page) -> Select[Any]:
    """Select a page of messages, the newest first."""
    of = messages.c
    query = select(messages).order_by(of.message_id.desc()).limit(page.limit)
    for column, wanted in (
        (of.partner, page.partner),
        (of.state, page.state),
        (of.type, page.type),
    ):
        if wanted:
            query = query.where(column == wanted)
    return query.where(of.message_id < page.before) if page.before else query
