"""12345 热线, 帮办代办 and 工程审批: tickets by stage and type, calls by day, help by way and client, approvals by
stage.
"""

import pandas as pd

from models.breakdowns import Breakdown
from rules.breakdowns import (
    OPEN,
    breakdown,
    case_state,
    day_if_closed_lately,
    due_if_yet_to_come,
    due_while_open,
    month_of,
)
from rules.conditions import all_of, any_of, filled, negated, no, one_of, yes
from rules.tallies import records, total

UNSIGNED, IN_HAND = "待签收", "办理中"
UTILITIES = ("water", "heat", "gas", "power", "telecom")
COMPLETED = all_of(one_of("stage", "竣工验收"), filled("closed_on"))
ANSWERED_SOLVED = all_of(yes("called_back"), filled("solved"))
ANSWERED_SATISFIED = all_of(yes("called_back"), filled("satisfied"))


def ticket_stage(tickets: pd.DataFrame) -> pd.Series:
    """Return of an open ticket whether it was signed for; of a closed one how it closed."""
    stage = case_state("closed_at", "due_on")(tickets).replace(OPEN, IN_HAND)
    return stage.mask(tickets["closed_at"].isna() & tickets["signed_at"].isna(), UNSIGNED)


def closed_cases(code: str, part: str, closed: str) -> Breakdown:
    """Return how many cases are closed, in time or late, with the day where it may still be to come."""
    keys = {"state": case_state(closed, "due_on"), "day": day_if_closed_lately(closed)}
    return breakdown(code, part, keys, among=filled(closed))


KEPT: tuple[Breakdown, ...] = (
    breakdown(
        "tickets",
        "hotline_tickets",
        {"type": "ticket_type", "stage": ticket_stage, "due": due_if_yet_to_come("closed_at", "due_on")},
        {
            "called_back": records(yes("called_back")),
            "redone": records(yes("redone")),
            "extended": records(yes("extended")),
            "solved": records(all_of(ANSWERED_SOLVED, yes("solved"))),
            "solved_of": records(ANSWERED_SOLVED),
            "satisfied": records(all_of(ANSWERED_SATISFIED, one_of("satisfied", "满意", "基本满意"))),
            "satisfied_of": records(ANSWERED_SATISFIED),
        },
    ),
    closed_cases("tickets_closed", "hotline_tickets", "closed_at"),
    breakdown("ticket_months", "hotline_tickets", {"month": month_of("received_at"), "type": "ticket_type"}),
    breakdown(
        "calls_by_day",
        "hotline_calls",
        {"day": "day"},
        {
            "calls": total("calls"),
            "answered": total("answered"),
            "in_15s": total("answered_in_15s"),
            "at_night": total("answered_at_night"),
        },
    ),
    breakdown(
        "help",
        "help_cases",
        {
            "way": "way",
            "client": "client_kind",
            "state": case_state("closed_on", "due_on"),
            "due": due_while_open("closed_on", "due_on"),
        },
    ),
    closed_cases("help_closed", "help_cases", "closed_on"),
    breakdown(
        "help_projects",
        "help_cases",
        {
            "project": lambda cases: cases["project"].fillna(cases["client"]),
            "state": case_state("closed_on", "due_on"),
            "due": due_while_open("closed_on", "due_on"),
        },
        among=one_of("client_kind", "重点项目"),
    ),
    breakdown(
        "approvals",
        "approvals",
        {"stage": "stage", "state": case_state("closed_on", "_due_on"), "due": due_while_open("closed_on", "_due_on")},
        {
            "closed": records(filled("closed_on")),
            "uploaded": records(all_of(filled("closed_on"), yes("result_uploaded"))),
        },
    ),
    breakdown(
        "missing_papers",
        "approvals",
        {
            "stage": "stage",
            "state": case_state("papers_supplied_on", "papers_due_on"),
            "due": due_while_open("papers_supplied_on", "papers_due_on"),
        },
        {"promised": records(yes("notified_promise"))},
        among=all_of(negated(no("papers_missing")), any_of(yes("papers_missing"), filled("papers_due_on"))),
    ),
    breakdown(
        "projects",
        "approvals",
        {"code": "project_code", "name": "project_name"},
        {
            "possible": records(yes("regional_possible")),
            "used": records(all_of(yes("regional_possible"), yes("regional_used"))),
            "survey_needed": records(all_of(COMPLETED, yes("survey_needed"))),
            "survey_joint": records(all_of(COMPLETED, yes("survey_needed"), yes("survey_joint"))),
        },
    ),
    breakdown(
        "engineering_months",
        "engineering_monthly",
        {"month": "of_month"},
        {name: total(name) for name in ("selections", *UTILITIES)},
    ),
)
