"""The lamp rule of product.md in one sentence a lamp, for the proof of a lamp. Indicator and milestone measures
differ.
"""

from models.lamps import Lamp

BY_INDICATOR = {
    Lamp.DOUBT: "期限或责任单位存疑未核定，或要求“增长”的目标没有基数：存疑。",
    Lamp.NOT_REPORTED: "期限未过，而计算指标所需的应报数据有缺：缺报。",
    Lamp.NOT_APPLICABLE: "应报数据已报，但没有可计入分母的内容，或经批准免报：不适用，不计数。",
    Lamp.DONE: "适用的指标全部达到目标：已完成。",
    Lamp.OVERDUE: "期限已过，有指标未达目标或没有数据：逾期。期限当日不算逾期。",
    Lamp.DUE_SOON: "指标尚未全部达标，距期限的工作日不多于预警天数：临期。",
    Lamp.ON_TRACK: "指标尚未全部达标，距期限的工作日多于预警天数：推进中。",
}
BY_MILESTONE = {
    Lamp.DOUBT: BY_INDICATOR[Lamp.DOUBT],
    Lamp.NOT_APPLICABLE: "经批准免报：不适用，不计数。",
    Lamp.DONE: "已报告完成并经核验，完成日期不晚于期限：已完成。",
    Lamp.DONE_LATE: "已报告完成并经核验，完成日期晚于期限：逾期完成。",
    Lamp.TO_VERIFY: "期限内报告完成，完成日期不晚于期限，尚未核验：待核验。",
    Lamp.OVERDUE: "期限已过，未在期限内完成并报告：逾期。期限当日不算逾期。",
    Lamp.NOT_REPORTED: "期限未过，最近一个应报月份的进展中没有本举措：缺报。",
    Lamp.DUE_SOON: "尚未报告完成，距期限的工作日不多于预警天数：临期。",
    Lamp.ON_TRACK: "尚未报告完成，距期限的工作日多于预警天数：推进中。",
}


WITHOUT_DEADLINE = {
    Lamp.DONE: "不设期限，截至该日适用的指标全部达到目标（节点举措为报告完成并经核验）：已完成。",
    Lamp.ON_TRACK: "不设期限，指标尚未全部达标或数据有缺（节点举措为尚未核验完成）：推进中，不判缺报、临期和逾期。",
}


def rule_applied(lamp: Lamp, *, milestone: bool, open_ended: bool = False) -> str:
    """Return the rule by which a lamp stands. `open_ended`: the plan sets no deadline."""
    if open_ended and lamp in WITHOUT_DEADLINE:
        return WITHOUT_DEADLINE[lamp]
    return (BY_MILESTONE if milestone else BY_INDICATOR)[lamp]
