"""好差评: monthly case figures, single ratings, and the ledger of bad ratings put right."""

from catalogue.datasets.words import SATISFACTION, choices, unit_field, yes_no
from models.definitions import CountedDueDay, Dataset, Field, Frequency, Kind, Part, PersonalData

MONTHLY_CASES = Dataset(
    "monthly_cases",
    "月度办件统计",
    Frequency.MONTHLY,
    (
        Part(
            "monthly_cases",
            (
                Field("item_code", "实施编码", Kind.CODE, required=True, key=True),
                unit_field(key=True),
                Field("cases", "办件量", Kind.INT, required=True),
                Field("online_cases", "网上办件量", Kind.INT),
                Field("pushed_cases", "推送量", Kind.INT, aliases=("上报量",)),
                Field("linked_cases", "关联事项办件量", Kind.INT),
                Field("closed_cases", "办结量", Kind.INT, required=True),
                Field("rated_cases", "参与评价量", Kind.INT),
                Field("default_rated_cases", "系统默认评价量", Kind.INT),
                Field("licence_calls", "电子证照调用量", Kind.INT),
            ),
        ),
    ),
    ("reviews", "maturity", "coverage"),
    position=20,
)

REVIEWS = Dataset(
    "reviews",
    "好差评明细",
    Frequency.MONTHLY,
    (
        Part(
            "reviews",
            (
                Field("case_code", "办件编号", Kind.CODE, required=True, key=True, aliases=("统一编号", "业务编号")),
                Field("round", "评价次数", Kind.INT, key=True, default=1, note="空白按第 1 次评价计。"),
                Field("item_code", "实施编码", Kind.CODE),
                Field("item_name", "事项名称", required=True),
                unit_field("办理部门"),
                Field(
                    "channel",
                    "评价渠道",
                    Kind.CHOICE,
                    required=True,
                    choices=choices(
                        "电脑端",
                        "移动端",
                        "二维码",
                        "大厅平板",
                        "其他终端",
                        "短信",
                        "系统默认",
                        电脑端=("1",),
                        移动端=("2",),
                        二维码=("3",),
                        大厅平板=("4",),
                        其他终端=("5",),
                        短信=("6",),
                        系统默认=("7",),
                    ),
                ),
                Field(
                    "satisfaction", "满意度", Kind.CHOICE, required=True, aliases=("评价等级",), choices=SATISFACTION
                ),
                Field("comment", "评价内容", personal=PersonalData.FREE_TEXT),
                Field("rated_at", "评价时间", Kind.DATETIME, required=True),
                Field("closed_at", "办结时间", Kind.DATETIME),
                Field("applicant", "申请人", personal=PersonalData.NAME),
                Field("phone", "联系电话", personal=PersonalData.PHONE),
                yes_no("named", "是否实名"),
            ),
        ),
    ),
    ("reviews",),
    position=30,
    time_field="rated_at",
    is_case=True,
    subject=("item_name",),
)

BAD_REVIEWS = Dataset(
    "bad_reviews",
    "差评整改台账",
    Frequency.MONTHLY,
    (
        Part(
            "bad_reviews",
            (
                Field("bad_review_code", "差评编号", Kind.CODE, required=True, key=True),
                Field("case_code", "办件编号", Kind.CODE),
                unit_field(),
                Field("item_name", "事项名称", required=True),
                Field("rated_at", "差评时间", Kind.DATETIME, required=True),
                Field("comment", "差评内容", personal=PersonalData.FREE_TEXT),
                yes_no("named", "是否实名", required=True),
                yes_no("true", "是否属实"),
                yes_no("called_back", "是否回访", required=True),
                Field("called_back_at", "回访时间", Kind.DATETIME),
                Field("measures_taken", "整改措施", personal=PersonalData.FREE_TEXT),
                Field("due_on", "整改时限", Kind.DATE, aliases=("整改期限",), note="空白按差评时间后 5 个工作日计。"),
                Field("rectified_at", "整改完成时间", Kind.DATE),
                Field("outcome", "整改结果", personal=PersonalData.FREE_TEXT),
                Field("person", "责任人", personal=PersonalData.NAME),
                yes_no("mistaken", "是否误评"),
            ),
        ),
    ),
    ("reviews",),
    position=40,
    counted_due_day=CountedDueDay("due_on", "rated_at", days_setting="bad_review_days"),
    time_field="rated_at",
    is_case=True,
    subject=("item_name",),
)
