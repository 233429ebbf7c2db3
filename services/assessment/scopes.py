"""What the subject of a rule comes to in a plan, and the words that the template offers for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalogue.areas import areas_of_plan
from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS, datasets_of
from models.assessment import AssessmentScope
from models.plan import Measure, Plan
from services.board.scorecard import counted_datasets

EVERYTHING = "全部"
PREFIXED = re.compile(r"(领域|任务|举措|指标|数据|案件)\s*[:：]\s*(.+)")


def scope_of(subject: str, plan: Plan) -> AssessmentScope | None:
    """Return what a subject comes to, or None where it is not known in this plan."""
    text = subject.strip()
    if text == EVERYTHING:
        return _of_measures(_measures(plan), DATASETS, CASE_KINDS)
    prefixed = PREFIXED.fullmatch(text)
    if prefixed:
        return _named(prefixed[1], prefixed[2].strip(), plan)
    kinds = ("任务", "举措", "指标", "数据", "案件")
    return next((scope for kind in kinds if (scope := _named(kind, text, plan)) is not None), None)


def _named(kind: str, name: str, plan: Plan) -> AssessmentScope | None:
    code = name.split()[0]
    match kind:
        case "领域":
            area = next((area.code for area in areas_of_plan(plan) if name in (area.title, area.code)), None)
            return None if area is None else _of_area(area, plan)
        case "任务":
            task = plan.task(code)
            return None if task is None else _of_measures(task.measures)
        case "举措":
            measure = plan.measure(code)
            return None if measure is None else _of_measures([measure])
        case "指标":
            return _of_indicator(name, plan)
        case "数据":
            known = (data.code for data in DATASETS.values() if name in (data.title, data.code))
            return next((_of_datasets([dataset]) for dataset in known), None)
    kinds = frozenset(kind.code for kind in CASE_KINDS.values() if name in (kind.title, kind.code))
    return AssessmentScope(kinds=kinds) if kinds else None


def _measures(plan: Plan) -> list[Measure]:
    return [measure for task in plan.tasks for measure in task.measures]


def _of_area(area: str, plan: Plan) -> AssessmentScope:
    measures = [measure for task in plan.tasks if task.area == area for measure in task.measures]
    datasets = [dataset.code for dataset in DATASETS.values() if area in dataset.areas]
    kinds = [kind.code for kind in CASE_KINDS.values() if kind.area == area]
    return _of_measures(measures, datasets, kinds)


def _of_measures(
    measures: Iterable[Measure], datasets: Iterable[str] = (), kinds: Iterable[str] = ()
) -> AssessmentScope:
    """The measures with their indicators, the datasets that they count, and the cases of these datasets."""
    every = list(measures)
    counted = _of_datasets([*datasets, *(dataset for measure in every for dataset in counted_datasets(measure))])
    return AssessmentScope(
        frozenset(measure.code for measure in every),
        frozenset(target.indicator for measure in every for target in measure.targets),
        counted.datasets,
        counted.kinds | frozenset(kinds),
    )


def _of_datasets(datasets: Iterable[str]) -> AssessmentScope:
    codes = frozenset(datasets)
    kinds = frozenset(kind.code for kind in CASE_KINDS.values() if kind.dataset in codes)
    return AssessmentScope(datasets=codes, kinds=kinds)


def _of_indicator(name: str, plan: Plan) -> AssessmentScope | None:
    """The indicator alone, in every measure that is held against it."""
    codes = {indicator.code for indicator in INDICATORS.values() if name in (indicator.title, indicator.code)}
    measures = {m.code: t.indicator for m in _measures(plan) for t in m.targets if t.indicator in codes}
    if not measures:
        return None
    counted = _of_datasets(dataset for code in set(measures.values()) for dataset in datasets_of(code))
    return AssessmentScope(frozenset(measures), frozenset(measures.values()), counted.datasets, counted.kinds)


def subjects(plan: Plan) -> Iterator[str]:
    """Yield the words of every subject that there is, in the order of the plan and the catalogue."""
    yield EVERYTHING
    yield from (f"领域：{area.title}" for area in areas_of_plan(plan))
    yield from (f"任务：{task.code} {task.title}" for task in plan.tasks)
    yield from (f"举措：{measure.code} {measure.title}" for measure in _measures(plan))
    judged = {target.indicator for measure in _measures(plan) for target in measure.targets}
    yield from (f"指标：{indicator.title}" for code, indicator in INDICATORS.items() if code in judged)
    yield from (f"数据：{dataset.title}" for dataset in DATASETS.values())
    yield from (f"案件：{kind.title}" for kind in CASE_KINDS.values())
