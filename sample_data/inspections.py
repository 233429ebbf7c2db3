"""Spot checks of the summer: telephones, ended; bad ratings by risk, told and being decided; guides, under way."""

from __future__ import annotations

from collections.abc import Mapping

Entry = Mapping[str, object]

SILENT = {"answers": {"q1": False}, "calls": ["09:10", "10:05"], "note": "两次拨打均无人接听"}


def inspections() -> list[Entry]:
    return [*_telephones(), *_bad_ratings(), *_guides()]


def _telephones() -> list[Entry]:
    """One confirmed and settled, one dropped, one that could not be called."""
    results = {
        "3": SILENT,
        "7": SILENT | {"note": "第二次占线，未接通"},
        "10": {"unable": True, "note": "运营商线路割接，当日全区停话"},
    }
    return [
        _of("电话", "draw", "07-17T09:00", of="phones", method="simple", size=16, seed="云岭2023七月电话"),
        _of("电话", "record", "07-18T15:30", checker="孟样一", found=results),
        _of("电话", "release", "07-19T09:00"),
        _of("电话", "respond", "07-20T10:20", position=3, accepts=True, text="值班人员外出，已安排双岗"),
        _of("电话", "respond", "07-21T16:00", position=7, accepts=False, text="当时正在接听群众来电，附通话记录"),
        _of("电话", "decide", "07-24T09:40", position=3, confirms=True),
        _of("电话", "decide", "07-24T09:50", position=7, confirms=False, text="通话记录属实，当时占线"),
        _of("电话", "settle", "07-24T10:00", position=3, text="单位已当场整改，双岗值守，不另立整改"),
    ]


def _bad_ratings() -> list[Entry]:
    """One confirmed, one objected to, one still unanswered."""
    results = {
        "2": {"answers": {"q1": False}, "note": "当事人说没有接到回访电话"},
        "5": {"answers": {"q2": False}, "note": "当事人说问题还没有解决"},
        "8": {"answers": {"q2": False, "q3": False}, "note": "没有认定误评的依据"},
    }
    return [
        _of("差评", "draw", "08-03T09:00", of="bad_reviews", method="risk", size=12, seed="云岭2023差评复核"),
        _of("差评", "record", "08-08T16:00", checker="孟样一", found=results),
        _of("差评", "release", "08-18T09:00"),
        _of("差评", "respond", "08-18T15:00", position=2, accepts=True, text="回访记录与实际不符，已约谈经办人"),
        _of("差评", "respond", "08-21T10:30", position=5, accepts=False, text="8 月 9 日已办结，当事人尚不知情"),
        _of("差评", "decide", "08-21T15:00", position=2, confirms=True),
    ]


def _guides() -> list[Entry]:
    """Drawn and handed out; three of them are back."""
    results = {"2": {"answers": {"q2": False}, "note": "窗口多要一份户口簿复印件"}}
    return [
        _of("指南", "draw", "08-18T09:30", of="guides", method="stratified", size=60, seed="云岭2023指南"),
        _of("指南", "record", "08-21T17:00", checker="许样二", found=results, first=3),
    ]


def _of(case: str, act: str, at: str, **given: object) -> Entry:
    return {"kind": "inspect", "act": act, "case": case, **given, "at": f"2023-{at}:00+08:00"}
