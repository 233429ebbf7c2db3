"""工程审批 in figures: approvals by stage, missing papers, regional assessment, joint survey, utilities and the market
by month.
"""

from __future__ import annotations

from datetime import date

from catalogue.breakdowns.cases import UTILITIES
from models.chart_data import Share, Stack
from rules.breakdowns import CLOSED, IN_TIME, LATE, OPEN
from services.areas.breakdowns import Frames
from services.areas.help import OVERDUE, told_overdue

STAGES = ("立项用地规划许可", "工程建设许可", "施工许可", "竣工验收")
STATES = (IN_TIME, OPEN, LATE, OVERDUE)
ASSESSED, SURVEYED = "采用区域评估的项目", "实行联合测绘的竣工项目"
NO_STAGE = "未填阶段"
UTILITY_WORDS = ("供水", "供热", "供气", "供电", "通信")


def approvals_by_stage(frames: Frames, as_of: date) -> list[Stack]:
    """Return the approvals, a row a stage, aligned with STATES."""
    return _by_stage(frames, "approvals", as_of)


def papers_by_stage(frames: Frames, as_of: date) -> list[Stack]:
    """Return approvals accepted with papers missing, a row a stage: supplied in time, not yet, late, overdue."""
    return _by_stage(frames, "missing_papers", as_of)


def papers_promised(frames: Frames) -> Share:
    """Return those with a notified promise, of all accepted with papers missing."""
    papers = frames["missing_papers"]
    return Share("告知承诺", int(papers["promised"].sum()), int(papers["number"].sum()))


def uploaded_by_unit(frames: Frames) -> list[Share]:
    """Return results uploaded ÷ approvals closed; the lowest first."""
    rows = frames["approvals"].groupby("unit")[["uploaded", "closed"]].sum()
    shares = [Share(str(unit), int(uploaded), int(closed)) for unit, uploaded, closed in rows.itertuples() if closed]
    return sorted(shares, key=lambda share: (share.value or 0, share.label))


def of_projects(frames: Frames) -> list[Share]:
    """Return two shares of projects, each counted once in the district: regional assessment used of those that could;
    joint survey of those that need one.
    """
    projects = frames["projects"].groupby("code")[["possible", "used", "survey_needed", "survey_joint"]].sum() > 0
    return [
        Share(ASSESSED, int(projects["used"].sum()), int(projects["possible"].sum())),
        Share(SURVEYED, int(projects["survey_joint"].sum()), int(projects["survey_needed"].sum())),
    ]


def not_assessed(frames: Frames) -> list[tuple[str, str, str]]:
    """Return (project code, name, units) of the projects that could use a regional assessment and did not."""
    projects = frames["projects"]
    could = projects[projects["possible"] > 0]
    left = could[~could["code"].isin(projects.loc[projects["used"] > 0, "code"])]
    names: dict[str, str] = {}
    units: dict[str, set[str]] = {}
    for code, name, unit in zip(left["code"], left["name"], left["unit"], strict=True):
        names.setdefault(str(code), str(name))
        units.setdefault(str(code), set()).add(unit)
    return [(code, names[code], "、".join(sorted(units[code]))) for code in sorted(names)]


def months(frames: Frames) -> list[tuple[str, float | None, Stack]]:
    """Return (month, selections in the intermediary market, utility cases aligned with UTILITY_WORDS); None: not
    filled.
    """
    rows = frames["engineering_months"].groupby("month")[["selections", *UTILITIES]].sum(min_count=1)
    return [
        (str(month), _number(selections), Stack(str(month), tuple(_number(number) for number in utilities)))
        for month, selections, *utilities in rows.itertuples()
    ]


def _by_stage(frames: Frames, code: str, as_of: date) -> list[Stack]:
    cases = told_overdue(frames[code], as_of)
    cases = cases.assign(stage=cases["stage"].fillna(NO_STAGE), state=cases["state"].replace(CLOSED, IN_TIME))
    numbers = cases.groupby(["stage", "state"])["number"].sum().to_dict()
    rows = [
        Stack(stage, tuple(int(numbers.get((stage, state), 0)) for state in STATES)) for stage in (*STAGES, NO_STAGE)
    ]
    return [row for row in rows if row.total]


def _number(value: float) -> float | None:
    return None if value != value else float(value)
