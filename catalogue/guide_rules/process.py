"""The plan's 5.3: flow chart, steps, visits; and what other districts' checkers test besides."""

import numpy as np

from catalogue.guide_rules.parts import ITEM, STEP
from models.guides import ADVICE, ERROR, GuideCheck, GuideRule, GuideTables
from rules.guides.relations import has_rows, sum_of_rows
from rules.guides.rows import Test
from rules.guides.sources import bare, given, is_picture

ALLOWANCE = 1e-9  # of adding fractions of a day
HAS_CHART = ITEM.text("flow_chart", given)
CONTENT = STEP.read("step_content", bare, "")
NAME = STEP.read("step_name", bare, "")
STEP_DAYS = sum_of_rows(ITEM, STEP, "step_days")


def _longer_than_promised(tables: GuideTables) -> np.ndarray:
    promised = ITEM.table(tables)["promised_days"].astype("float64").to_numpy()
    return STEP_DAYS(tables) > promised + ALLOWANCE


def _says_no_more(tables: GuideTables) -> np.ndarray:
    """Steps whose content is the step's name, or is not longer, punctuation and blanks aside."""
    content, name = CONTENT(tables), NAME(tables)
    return (content.rows == name.rows) | (content.ask(len, int) <= name.ask(len, int))


def _blank_in_step(name: str) -> GuideCheck:
    label = STEP.part.field(name).label
    return STEP.wrong(name, STEP.blank(name), f"第{{step_number}}步的{label}空白，请补充。")


CHART_RULES = (
    GuideRule(
        "G301",
        "5.3 一",
        "5.3.1",
        "事项",
        ERROR,
        "外部流程图是图片",
        "所有事项",
        right="办理流程图.png",
        wrong="办理流程图.docx",
        applies=ITEM.every,
        checks=(
            ITEM.wrong(
                "flow_chart", ITEM.blank("flow_chart"), "外部流程图空白，请提供图片并填写文件名，如“流程图.png”。"
            ),
            ITEM.wrong(
                "flow_chart",
                ITEM.filled("flow_chart") & ~ITEM.text("flow_chart", is_picture),
                "外部流程图“{value}”不是规定格式的图片，请改为 png、jpg、gif、bmp、webp、svg 或 tif，如“流程图.png”。",
            ),
        ),
    ),
    GuideRule(
        "G302",
        "5.3 一",
        "5.3.1",
        "事项",
        ERROR,
        "流程图标注各环节办理时限",
        "有外部流程图",
        right="流程图是否标注时限“是”",
        wrong="流程图是否标注时限“否”",
        applies=HAS_CHART,
        checks=(
            ITEM.wrong(
                "chart_shows_times",
                ~ITEM.yes("chart_shows_times"),
                "流程图未标注各环节办理时限，请在图中标注后将“流程图是否标注时限”填为“是”。",
            ),
        ),
    ),
)

STEP_RULES = (
    GuideRule(
        "G303",
        "5.3 一",
        "5.3.1",
        "流程",
        ERROR,
        "办理内容不只是环节名称",
        "所有流程环节",
        right="环节“受理”，内容“核对申请材料，当场作出是否受理的决定”",
        wrong="环节“受理”，内容“受理”",
        applies=STEP.every,
        checks=(
            STEP.wrong("step_content", STEP.blank("step_content"), "办理内容空白，请写明该环节做什么、怎么做。"),
            STEP.wrong(
                "step_content",
                STEP.filled("step_content") & Test(_says_no_more),
                "办理内容“{value}”只是环节名称，请写明该环节做什么、怎么做。",
            ),
        ),
    ),
    GuideRule(
        "G304",
        "5.3 一",
        "5.3.1",
        "事项",
        ERROR,
        "至少一个流程环节，每个环节的办理环节、办理人员、审批标准、办理结果均已填写",
        "所有事项",
        right="受理、窗口工作人员、材料齐全且符合法定形式、受理通知书",
        wrong="受理、（空白）、（空白）、受理通知书",
        applies=ITEM.every,
        checks=(
            ITEM.wrong("item_code", ~has_rows(ITEM, STEP), "“流程”表中没有该事项的办理环节，请逐个补充。"),
            *map(_blank_in_step, ("step_name", "step_staff", "step_standard", "step_result")),
        ),
    ),
    GuideRule(
        "G305",
        "5.3 一",
        "5.3.1",
        "事项",
        ADVICE,
        "各环节办理时限之和不超过承诺办结时限",
        "环节填有办理时限，且承诺办结时限已填写",
        right="环节1日、2日、1日，承诺5日",
        wrong="环节2日、5日、1日，承诺5日",
        applies=Test(lambda tables: ~np.isnan(STEP_DAYS(tables))) & ITEM.filled("promised_days"),
        checks=(
            ITEM.wrong(
                "promised_days",
                _longer_than_promised,
                "各环节办理时限合计{total}个工作日，多于承诺办结时限{value}个工作日，请核对更正。",
                total=STEP_DAYS,
            ),
        ),
    ),
)

VISIT_RULES = (
    GuideRule(
        "G306",
        "5.3 二",
        "5.3.2",
        "事项",
        ERROR,
        "到办事现场次数已填写",
        "所有事项",
        right="1",
        wrong="（空白）",
        applies=ITEM.every,
        checks=(ITEM.wrong("visits", ITEM.blank("visits"), "到办事现场次数空白，请填写次数，不需到现场的填“0”。"),),
    ),
    GuideRule(
        "G307",
        "5.3 二",
        "5.3.2",
        "事项",
        ERROR,
        "全程网办的，到办事现场次数为0",
        "网上办理深度为“全程网办”",
        right="0",
        wrong="1",
        applies=ITEM.is_one_of("online_depth", "全程网办"),
        checks=(
            ITEM.wrong(
                "visits",
                ~ITEM.number("visits", lambda count: count == 0),
                "该事项全程网办，到办事现场次数应为0，现为{value}，请改为“0”或更正网上办理深度。",
            ),
        ),
    ),
    GuideRule(
        "G308",
        "我局补充",
        None,
        "事项",
        ADVICE,
        "需到现场的，必须现场办理原因已填写",
        "到办事现场次数不小于1",
        right="需现场核验身份",
        wrong="（空白）",
        applies=ITEM.number("visits", lambda count: count >= 1),
        checks=(
            ITEM.wrong(
                "visit_reason", ITEM.blank("visit_reason"), "该事项需到现场，请填写必须现场办理原因，或减少到场次数。"
            ),
        ),
    ),
)

RESULT_RULES = (
    GuideRule(
        "G310",
        "我局补充",
        None,
        "事项",
        ADVICE,
        "收费的写明收费依据，不收费的收费依据留空",
        "是否收费已填写",
        right="是否收费“是”，收费依据《……收费管理办法》",
        wrong="是否收费“是”，收费依据空白",
        applies=ITEM.filled("charged"),
        checks=(
            ITEM.wrong(
                "charge_basis", ITEM.yes("charged") & ITEM.blank("charge_basis"), "该事项收费，请填写收费依据。"
            ),
            ITEM.wrong(
                "charge_basis",
                ITEM.no("charged") & ITEM.filled("charge_basis"),
                "该事项不收费，收费依据却填有“{value}”，请清空或更正是否收费。",
            ),
        ),
    ),
    GuideRule(
        "G311",
        "我局补充",
        None,
        "事项",
        ADVICE,
        "审批结果有样本",
        "审批结果名称已填写",
        right="审批结果样本“是”",
        wrong="审批结果样本“否”",
        applies=ITEM.filled("result_name"),
        checks=(
            ITEM.wrong(
                "result_sample", ~ITEM.yes("result_sample"), "审批结果“{result_name}”没有样本，请提供样本并填“是”。"
            ),
        ),
    ),
    GuideRule(
        "G312",
        "5.3 一",
        "5.3.1",
        "事项",
        ERROR,
        "流程图的环节和时限与流程表一致",
        "有外部流程图",
        right="图中环节、时限与“流程”表逐一相同",
        wrong="图中缺少环节，或时限与“流程”表不同",
        question="该事项外部流程图中的环节和办理时限，是否与“流程”表一致？",
    ),
)

PROCESS: tuple[GuideRule, ...] = (*CHART_RULES, *STEP_RULES, *VISIT_RULES, *RESULT_RULES)
