"""What happened in a case stands under the day that it was at the office."""

from __future__ import annotations

from ooms.portal.border.timeline import timeline

_NOTHING = ("inquiry", "self_check", "draft", "asked_on", "received_on")
_NEVER = ("preliminary", "determination", "revised")
_NONE_OF = (
    *("corrections", "letters", "reminded_on", "extensions", "replies", "visits"),
    *("objections", "tellings"),
)


def test_case_selected_late_in_the_evening_stands_under_tomorrow():
    case = {
        **dict.fromkeys((*_NOTHING, *_NEVER)),
        **dict.fromkeys(_NONE_OF, ()),
        "selected_at": "2026-11-22T18:21:00Z",
        "selected_by": "kim",
        "because": "the goods differ",
    }

    assert [one.day for one in timeline(case, zone="Asia/Seoul")] == ["2026-11-23"]
    assert [one.day for one in timeline(case, zone="Africa/Nairobi")] == ["2026-11-22"]
