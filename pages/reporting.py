"""报送情况: expected, received, on time, late and missing, by dataset, unit and month; zero reports, exemptions, age of
snapshots.
"""

from catalogue.datasets import DATASETS
from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import section
from components.elements.figures import percent
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.offered_files import offer_file
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.proof.evidence import submissions_table
from components.reporting.exemption_form import exemption_form, exemptions_table
from components.reporting.table import (
    by_dataset,
    by_month,
    marks_in_words,
    never_reported,
    snapshot_ages,
    units_by_dataset,
    units_by_month,
)
from models.definitions import Frequency
from services.access.permission import may, own_unit
from services.reporting.exemptions import decide_exemption
from services.reporting.totals import totals
from services.reporting.workbook import reporting_workbook

here = open_page("reporting")
day, district = here.day, here.district
lines = cache.reports_owed(day)
counts = totals(lines)
chosen = here.parameter("dataset")

own = own_unit()
page_header(
    "报送 · 报送情况",
    (f"{own}：" if own else "")
    + f"应报 {counts.expected:,} 份，已报 {counts.received:,} 份（{percent(counts.rate)}），迟报 {counts.late:,} 份，部分 {counts.partial:,} 份，缺报 {counts.missing:,} 份",  # noqa: E501
    here,
)
tell_what_was_done()
render(section("按数据", "报送率＝已报÷应报；应报＝到期的报送，不含免报") + by_dataset(lines, chosen, here))
render(offer_file("下载报送情况（.xlsx）", f"报送情况 {day}.xlsx", lambda: reporting_workbook(day)))

if own is None:
    silent = sorted(district.silent)
    detail = (
        f"其中什么也没有报送过的 {len(silent)} 个单位：{'、'.join(silent)}"
        if silent
        else "每个单位都至少报送过一项数据"
    )
    render(section("从未报送", detail) + never_reported(lines, here))

mine = [line for line in lines if line.dataset == chosen]
if mine and DATASETS[chosen].frequency is Frequency.SNAPSHOT:
    render(
        section(f"{DATASETS[chosen].title}：各单位", "一次性报送：报送一次即有效，距今天数为现行一份的天数")
        + snapshot_ages(mine, here)
    )
elif mine:
    render(section(f"{DATASETS[chosen].title}：各单位 × 月份") + marks_in_words() + units_by_month(mine, here))
else:
    render(section("各数据 × 月份", "已报／应报") + by_month(lines, here))
    render(section("责任单位 × 数据", "已报／应报，图标为最差状态") + marks_in_words() + units_by_dataset(lines, here))
if mine:
    render(link("全部数据", here.address("reporting"), css="back"))

render(
    section("免报", "登记后，此前未报的月份一并免报；已报送的仍按按时或迟报统计")
    + exemptions_table(cache.exemptions(day), lines, here)
)
units = list(dict.fromkeys(line.unit for line in lines))
if may(decide_exemption):
    exemption_form(units, list(dict.fromkeys(line.dataset for line in lines)), here)

sent = [submission for submission in cache.recent_submissions(day) if chosen in ("", submission.dataset)]
render(section("近期报送", f"最近 {len(sent)} 次") + submissions_table(sent, here))
