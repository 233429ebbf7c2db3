"""12345 热线: assessment problems closed, calls answered, tickets closed in time, solved, satisfied."""

from models.definitions import Indicator
from rules.conditions import all_of, filled, on_time, one_of, yes
from rules.indicators import share, sums

COUNTED = (
    Indicator(
        "assessment_closure_rate",
        "评估问题整改率",
        "已完成整改的问题数",
        "发现的问题数",
        ("assessment_problems",),
        share("assessment_problems", having=filled("rectified_on")),
    ),
    Indicator(
        "call_answer_rate",
        "接通率",
        "接通量",
        "呼入量",
        ("hotline_calls",),
        sums("hotline_calls", ("answered",), "calls"),
        of_lead_unit=True,
    ),
    Indicator(
        "ticket_on_time_rate",
        "按时办结率",
        "按时办结的工单数",
        "已到办理时限的工单数",
        ("hotline_tickets",),
        share("hotline_tickets", having=on_time("closed_at", "due_on"), due="due_on"),
        of_lead_unit=True,
    ),
    Indicator(
        "ticket_solved_rate",
        "解决率",
        "回访答复已解决的工单数",
        "已回访且有答复的工单数",
        ("hotline_tickets",),
        share("hotline_tickets", having=yes("solved"), among=all_of(yes("called_back"), filled("solved"))),
        of_lead_unit=True,
    ),
    Indicator(
        "ticket_satisfied_rate",
        "满意率",
        "回访答复满意或基本满意的工单数",
        "已回访且有答复的工单数",
        ("hotline_tickets",),
        share(
            "hotline_tickets",
            having=one_of("satisfied", "满意", "基本满意"),
            among=all_of(yes("called_back"), filled("satisfied")),
        ),
        of_lead_unit=True,
    ),
)

UNJUDGED = (
    Indicator(
        "ticket_redo_rate",
        "重办率",
        "重办的工单数",
        "已办结的工单数",
        ("hotline_tickets",),
        share("hotline_tickets", having=yes("redone"), among=filled("closed_at")),
    ),
)
