"""What can be drawn, and what is asked of each element drawn."""

from catalogue.spot_checks.of_datasets import KindsOfCheck
from models.spot_checks import Question, Signal, SpotCheckKind

OF_THE_UNIT = (
    Signal("overdue", "该单位在本领域有逾期的举措"),
    Signal("not_reported", "该单位在本领域有缺报的举措"),
    Signal("earlier_failure", "该单位一年内同类抽查有不合格", weight=2),
)
"""The signals that every kind has, before its own."""

_SHIPPED: dict[str, SpotCheckKind] = {
    kind.code: kind
    for kind in (
        SpotCheckKind(
            "phones",
            "电话抽查",
            "各单位办事指南中咨询电话、监督电话的全部有效号码",
            "号码",
            "合格",
            (
                Question("q1", "工作时间拨打，有人接听"),
                Question("q2", "号码确为该单位该业务所用", when="已接听的", after="q1"),
                Question("q3", "能一次性告知材料和要求", counted=False, when="已接听的", after="q1"),
            ),
            (
                Signal("shared", "号码同时出现在本区其他单位的指南中"),
                Signal("many", "该单位 10 个以上事项使用同一号码"),
            ),
            dataset="guides",
            area="guide_accuracy",
            measure="5.1.2",
            hand_rule="G111",
            sealed=True,
            calls=True,
        ),
        SpotCheckKind(
            "guides",
            "指南核查",
            "各单位办事指南的全部事项",
            "事项",
            "与指南相符",
            (
                Question("q1", "流程图与流程表一致", when="有外部流程图的"),
                Question("q2", "窗口实际要求的材料与指南一致"),
                Question("q3", "实际时限、地点、收费与指南一致"),
                Question("q4", "特殊事项的原因属实", when="特殊事项"),
            ),
            (Signal("failing", "事项、材料或流程有不符合指南规则的"),),
            dataset="guides",
            area="guide_accuracy",
            measure="5.3.1",
            hand_rule="G312",
        ),
        SpotCheckKind(
            "bad_reviews",
            "差评回访复核",
            "差评整改台账中有可核查内容的差评",
            "差评",
            "属实",
            (
                Question("q1", "当事人确认接到回访", when="台账记为已回访的"),
                Question("q2", "当事人确认问题已解决", when="台账记为已整改的"),
                Question("q3", "认定误评或不属实有依据", when="台账记为误评或不属实的"),
            ),
            (
                Signal("untrue", "台账记为误评或不属实"),
                Signal("same_day", "差评当天即整改完成"),
            ),
            dataset="bad_reviews",
            area="reviews",
            measure="1.1.3",
            monthly=True,
            personal=True,
        ),
        SpotCheckKind(
            "reviews",
            "评价真实性",
            "好差评明细中群众作出的评价（不含系统默认）",
            "评价",
            "真实",
            (Question("q1", "系本人评价"), Question("q2", "与本人意见一致")),
            (Signal("sign", "该评价有异常提示（短时集中、同一人反复评价、评价雷同、办结 15 天后评价）"),),
            dataset="reviews",
            area="reviews",
            measure="1.1.2",
            monthly=True,
            personal=True,
        ),
        SpotCheckKind(
            "tickets",
            "工单回头看",
            "截至日期前已办结的 12345 工单",
            "工单",
            "已解决或已答复",
            (
                Question("q1", "来电人确认已解决或已答复"),
                Question("q2", "办理期间有人联系", counted=False),
                Question("q3", "对结果满意", counted=False),
            ),
            (Signal("redone", "工单重办过"), Signal("extended", "工单延期过")),
            dataset="hotline_tickets",
            area="hotline",
            measure="6.2.1",
            monthly=True,
            personal=True,
        ),
        SpotCheckKind(
            "help_cases",
            "帮办核查",
            "截至日期前已办结的帮代办件",
            "帮办件",
            "按期办结",
            (
                Question("q1", "服务对象确认按承诺日期办结"),
                Question("q2", "没有被要求自己再跑", counted=False),
            ),
            (Signal("last_day", "在承诺日期当天办结"),),
            dataset="help_cases",
            area="help_on_behalf",
            measure="7.1.1",
            monthly=True,
            personal=True,
        ),
        SpotCheckKind(
            "approvals",
            "审批结果核查",
            "截至日期前已办结的工程建设项目审批",
            "审批件",
            "查实",
            (
                Question("q1", "系统中查得到结果文件"),
                Question("q2", "系统记载的受理、办结时间与卷宗一致"),
            ),
            (Signal("day_off", "在休息日办结"),),
            dataset="approvals",
            area="engineering_approvals",
            measure="8.4.1",
            monthly=True,
        ),
        SpotCheckKind(
            "milestones",
            "完成情况核查",
            "已核验或已报告完成且未退回的节点举措",
            "举措",
            "属实",
            (Question("q1", "现场核实已完成"), Question("q2", "证明材料真实")),
            (Signal("no_evidence", "没有证明材料"), Signal("last_day", "在完成时限当天完成")),
            dataset="progress",
        ),
        SpotCheckKind(
            "rectifications",
            "整改回头看",
            "截至日期前已销号的整改事项",
            "整改事项",
            "整改到位",
            (Question("q1", "问题确已整改到位"), Question("q2", "没有反弹")),
            (Signal("late", "逾期完成整改"), Signal("returned", "整改曾被退回")),
        ),
        SpotCheckKind(
            "list",
            "自备名单",
            "上传的名单（暗访、体验官等）",
            "对象",
            "与自报相符",
            (Question("q1", "与自报情况相符"),),
            sealed=True,
        ),
    )
}

KINDS = KindsOfCheck("kinds of checks", _SHIPPED)
