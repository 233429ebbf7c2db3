"""查找: words in the address; the tasks, measures, units, guide items, case numbers and numbered acts that hold them
all, and what was looked through.
"""

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.search_box import WORDS
from components.search.numbered import numbered_acts, numbered_table
from components.search.results import looked_through, results
from services.search.search import MOST, SHORTEST

here = open_page("search")
matches = cache.search(here.parameter(WORDS), here.day)
acts = numbered_acts(matches.words, here)
number = matches.number + len(acts)
page_header(
    "督查 · 查找",
    f"查找“{matches.words}”：{number} 个{'以上' if matches.more else ''}结果"
    if matches.words
    else "查找任务、单位、事项和案件",
    here,
)
if not matches.words:
    render(note("在右上角的框中输入，例：登记、1.1.2、人社 社保卡、区人社局、电话、工单编号、2023-1。"))
elif not number:
    advice = "请换一个词，或减少几个词。" if len(matches.words) >= SHORTEST else "请至少输入两个字。"
    render(empty_state(f"没有找到“{matches.words}”。", advice))
areas = {task.code: task.area for task in here.district.plan.tasks}
render(results(matches, areas, here) + numbered_table(acts, here))
if matches.more:
    render(note(f"事项只列出前 {MOST} 个，请写得更具体。"))
render(looked_through(matches, here))
