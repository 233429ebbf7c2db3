"""好差评: monthly case figures, single ratings, and the ledger of bad ratings put right."""

from catalogue.datasets.words import ITEM_CODES, SATISFACTION, choices, unit_field, yes_no
from models.definitions import CountedDueDay, Dataset, Field, Frequency, Kind, Part, PersonalData

NOT_NAMED = ("匿名", "匿名评价", "未署名")

MONTHLY_CASES = Dataset(
    "monthly_cases",
    "月度办件统计",
    Frequency.MONTHLY,
    (
        Part(
            "monthly_cases",
            (
                Field("item_code", "实施编码", Kind.CODE, required=True, key=True, aliases=ITEM_CODES),
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
    names=("办件统计", "办件情况", "办件量"),
)

REVIEWS = Dataset(
    "reviews",
    "好差评明细",
    Frequency.MONTHLY,
    (
        Part(
            "reviews",
            (
                Field(
                    "case_code",
                    "办件编号",
                    Kind.CODE,
                    required=True,
                    key=True,
                    aliases=("统一编号", "业务编号"),
                    near=("业务流水号", "流水号", "办件号", "受理编号", "申报号"),
                ),
                Field("round", "评价次数", Kind.INT, key=True, default=1, note="空白按第 1 次评价计。"),
                Field("item_code", "实施编码", Kind.CODE, aliases=ITEM_CODES),
                Field("item_name", "事项名称", required=True, near=("办理事项", "事项", "服务事项")),
                unit_field(),
                Field(
                    "channel",
                    "评价渠道",
                    Kind.CHOICE,
                    required=True,
                    near=("评价方式", "评价来源", "渠道"),
                    choices=choices(
                        "电脑端",
                        "移动端",
                        "二维码",
                        "大厅平板",
                        "其他终端",
                        "短信",
                        "系统默认",
                        电脑端=("1", "电脑", "PC", "PC端", "网站", "网页", "网页端", "门户网站", "政务服务网"),
                        移动端=(
                            "2",
                            "手机",
                            "手机端",
                            "APP",
                            "手机APP",
                            "移动APP",
                            "小程序",
                            "微信",
                            "微信小程序",
                            "公众号",
                        ),
                        二维码=("3", "扫码", "扫二维码", "二维码评价", "扫码评价", "静态二维码", "二维码扫码"),
                        大厅平板=(
                            "4",
                            "平板",
                            "平板电脑",
                            "平板端",
                            "窗口平板",
                            "评价器",
                            "窗口评价器",
                            "PAD",
                            "大厅评价器",
                        ),
                        其他终端=("5", "其他", "其它", "其它终端", "自助机", "自助终端", "自助服务终端", "一体机"),
                        短信=("6", "短信评价", "手机短信", "短信回复"),
                        系统默认=(
                            "7",
                            "默认",
                            "系统默认评价",
                            "默认评价",
                            "默认好评",
                            "系统默认好评",
                            "自动评价",
                            "系统自动评价",
                        ),
                    ),
                ),
                Field(
                    "satisfaction",
                    "满意度",
                    Kind.CHOICE,
                    required=True,
                    aliases=("评价等级",),
                    choices=SATISFACTION,
                    near=("评价结果", "评价", "满意程度", "是否满意"),
                ),
                Field("comment", "评价内容", personal=PersonalData.FREE_TEXT, near=("评价意见", "意见", "评语")),
                Field("rated_at", "评价时间", Kind.DATETIME, required=True, near=("评价日期", "时间")),
                Field("closed_at", "办结时间", Kind.DATETIME, near=("办结日期", "办理完成时间")),
                Field("applicant", "申请人", personal=PersonalData.NAME, near=("姓名", "群众姓名", "评价人", "办事人")),
                Field(
                    "phone", "联系电话", personal=PersonalData.PHONE, near=("电话", "手机号", "手机号码", "联系方式")
                ),
                yes_no("named", "是否实名", no=NOT_NAMED, near=("实名", "实名评价")),
            ),
        ),
    ),
    ("reviews",),
    position=30,
    time_field="rated_at",
    is_case=True,
    names=("好差评明细", "评价明细", "好差评"),
)

BAD_REVIEWS = Dataset(
    "bad_reviews",
    "差评整改台账",
    Frequency.MONTHLY,
    (
        Part(
            "bad_reviews",
            (
                Field("bad_review_code", "差评编号", Kind.CODE, required=True, key=True, near=("编号", "评价编号")),
                Field("case_code", "办件编号", Kind.CODE, aliases=("统一编号", "业务编号")),
                unit_field(),
                Field("item_name", "事项名称", required=True, near=("事项", "办理事项")),
                Field("rated_at", "差评时间", Kind.DATETIME, required=True, near=("评价时间", "差评日期")),
                Field("comment", "差评内容", personal=PersonalData.FREE_TEXT, near=("评价内容", "差评原因")),
                yes_no("named", "是否实名", required=True, no=NOT_NAMED, near=("实名差评", "实名")),
                yes_no("true", "是否属实", yes=("基本属实", "部分属实"), no=("查无此事",), near=("属实",)),
                yes_no("called_back", "是否回访", required=True, near=("已回访", "回访", "回访情况")),
                Field("called_back_at", "回访时间", Kind.DATETIME, near=("回访日期",)),
                Field(
                    "measures_taken",
                    "整改措施",
                    personal=PersonalData.FREE_TEXT,
                    near=("整改措施及结果", "整改情况", "处理情况"),
                ),
                Field("due_on", "整改时限", Kind.DATE, aliases=("整改期限",), note="空白按差评时间后 5 个工作日计。"),
                Field("rectified_at", "整改完成时间", Kind.DATE, near=("整改完成日期", "完成时间")),
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
    names=("差评整改", "差评台账", "差评核查"),
)
