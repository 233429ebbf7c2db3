"""12345 热线: tickets handed to units, and the calls answered day by day."""

from catalogue.datasets.words import PLAIN_NO, PLAIN_YES, choices, unit_field, yes_no
from models.definitions import Dataset, Field, Frequency, Kind, Part, PersonalData, Reporter

HOTLINE_TICKETS = Dataset(
    "hotline_tickets",
    "12345工单台账",
    Frequency.MONTHLY,
    (
        Part(
            "hotline_tickets",
            (
                Field(
                    "ticket_code",
                    "工单编号",
                    Kind.CODE,
                    required=True,
                    key=True,
                    aliases=("12345工单编号",),
                    near=("工单号", "诉求编号", "编号"),
                ),
                Field(
                    "received_at", "受理时间", Kind.DATETIME, required=True, near=("来电时间", "诉求时间", "受理日期")
                ),
                Field("source", "工单来源"),
                Field(
                    "ticket_type",
                    "工单类型",
                    Kind.CHOICE,
                    required=True,
                    near=("类型", "诉求类型", "类别", "诉求类别"),
                    choices=choices(
                        "咨询",
                        "求助",
                        "投诉",
                        "举报",
                        "建议",
                        "表扬",
                        "其他",
                        咨询=("咨询类", "咨询件", "政策咨询", "业务咨询"),
                        求助=("求助类", "求助件", "求决", "求决类", "诉求"),
                        投诉=("投诉类", "投诉件", "投诉举报", "举报投诉"),
                        举报=("举报类", "举报件"),
                        建议=("建议类", "意见", "意见建议", "建议意见"),
                        表扬=("表扬类", "感谢", "表扬件"),
                        其他=("其它", "其他类", "其它类"),
                    ),
                ),
                Field(
                    "request",
                    "诉求内容",
                    aliases=("内容描述",),
                    personal=PersonalData.FREE_TEXT,
                    near=("内容", "工单内容", "反映内容"),
                ),
                unit_field(),
                Field("sent_at", "派单时间", Kind.DATETIME, near=("派发时间", "转办时间")),
                Field("signed_at", "签收时间", Kind.DATETIME, near=("签收", "接单时间")),
                Field(
                    "due_on", "办理时限", Kind.DATE, aliases=("截止时间",), near=("办结期限", "办理期限", "办结时限")
                ),
                Field("closed_at", "办结时间", Kind.DATETIME, near=("办理完成时间", "办结日期", "完成时间")),
                yes_no("extended", "是否延期"),
                yes_no("called_back", "是否回访"),
                yes_no("solved", "是否解决", yes=("解决到位",), near=("解决情况",)),
                Field(
                    "satisfied",
                    "是否满意",
                    Kind.CHOICE,
                    near=("满意度", "满意情况", "群众是否满意"),
                    choices=choices(
                        "满意",
                        "基本满意",
                        "不满意",
                        满意=("非常满意", "很满意", "十分满意", "比较满意", "很好", "好", *PLAIN_YES),
                        基本满意=("一般", "一般满意"),
                        不满意=("非常不满意", "很不满意", "不太满意", "差", "很差", *PLAIN_NO),
                    ),
                ),
                yes_no("redone", "是否重办"),
                Field("caller", "诉求人", personal=PersonalData.NAME, near=("来电人", "反映人", "姓名")),
                Field(
                    "phone", "联系电话", personal=PersonalData.PHONE, near=("来电号码", "电话", "来电电话", "联系方式")
                ),
            ),
            counted_without_rows=("ticket_code", "closed_at", "due_on"),  # tickets are many and mostly closed
        ),
    ),
    ("hotline",),
    position=50,
    time_field="received_at",
    is_case=True,
    reporter=Reporter.ANSWERING,
    names=("12345工单", "热线工单", "工单办理", "工单台账"),
)

HOTLINE_CALLS = Dataset(
    "hotline_calls",
    "热线话务日报",
    Frequency.MONTHLY,
    (
        Part(
            "hotline_calls",
            (
                Field("day", "日期", Kind.DATE, required=True, key=True),
                Field("calls", "呼入量", Kind.INT, required=True, aliases=("请求量",)),
                Field("answered", "接通量", Kind.INT, required=True),
                Field("answered_in_15s", "15秒内接通量", Kind.INT),
                Field("answered_at_night", "夜间接通量", Kind.INT),
            ),
        ),
    ),
    ("hotline",),
    position=60,
    unit_field=None,
    month_field="day",
    reporter=Reporter.ANSWERING,
    monthly_figures=("calls", "answered"),
    names=("话务日报", "热线话务", "话务"),
)
