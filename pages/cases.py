"""案件时限: every case with its own due day (bad ratings, tickets, help cases, approvals, papers, assessment
problems).
"""

from catalogue.cases import CASE_KINDS
from catalogue.spot_checks import KINDS
from components.cases.table import cases, in_words, kinds_to_choose
from components.elements import cache
from components.elements.context import open_page
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import requested_unit
from components.spot_checks.marks import draw_marks, marks_of
from services.access.permission import own_unit
from services.spot_checks.measures import measures_of

here = open_page("cases")
day, district = here.day, here.district
code = here.parameter("kind")
kind = code if code in CASE_KINDS else next(iter(CASE_KINDS))
unit = requested_unit("督查 · 案件时限", here)

load = cache.caseload(kind, day, unit)
page_header("督查 · 案件时限", f"{unit + '·' if unit else ''}{load.kind.title}：{in_words(load, unit)}", here)
render(kinds_to_choose(kind, day, unit, here))
if unit and own_unit() is None:
    render(link("全部单位", here.address("cases", kind=kind), css="back"))
cases(kind, unit, here)
if kind in KINDS:
    measures = measures_of(KINDS[kind], district.plan)
    marks = [mark for mark in marks_of(here, unit) if mark.measure in measures]
    render(draw_marks(marks, here, with_unit=unit is None))
