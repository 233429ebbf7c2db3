"""帮代办: the ledger of cases handled on behalf of citizens and companies."""

from catalogue.datasets.words import SATISFACTION, choices, unit_field
from models.definitions import Dataset, Field, Frequency, Kind, Part, PersonalData

AGES = tuple(f"{age}{years}以上" for age in (60, 65, 70, 75, 80, 90) for years in ("岁", "周岁"))
OLD = ("老人", "老年人", "群众", "的老人", "的老年人", "")

HELP_CASES = Dataset(
    "help_cases",
    "帮代办台账",
    Frequency.MONTHLY,
    (
        Part(
            "help_cases",
            (
                Field("help_code", "受理编号", Kind.CODE, required=True, key=True, aliases=("编号",)),
                Field(
                    "received_on",
                    "受理日期",
                    Kind.DATE,
                    required=True,
                    near=("登记日期", "登记时间", "受理时间", "日期"),
                ),
                unit_field(),
                Field(
                    "client",
                    "服务对象",
                    required=True,
                    personal=PersonalData.NAME,
                    near=("服务对象(姓名或企业)", "帮办对象", "姓名"),
                ),
                Field(
                    "client_kind",
                    "对象类别",
                    Kind.CHOICE,
                    required=True,
                    near=("人员类别", "服务对象类别", "对象类型", "类别"),
                    choices=choices(
                        "重点项目",
                        "企业",
                        "老年人",
                        "残疾人",
                        "其他群众",
                        重点项目=("项目", "重大项目", "重点工程", "重点建设项目", "省列重点项目", "市列重点项目"),
                        企业=("公司", "企业法人", "法人", "市场主体", "经营主体", "个体户", "个体工商户", "企业(个体)"),
                        老年人=(
                            "老人",
                            "老年",
                            "老年群众",
                            "高龄老人",
                            "老龄",
                            *(f"{age}{old}" for age in AGES for old in OLD),
                        ),
                        残疾人=("残疾", "残疾群众", "残障人士", "残障", "残疾人士", "重度残疾人"),
                        其他群众=(
                            "群众",
                            "普通群众",
                            "一般群众",
                            "其他",
                            "其它",
                            "其它群众",
                            "个人",
                            "居民",
                            "村民",
                            "自然人",
                        ),
                    ),
                ),
                Field(
                    "matter",
                    "帮办事项",
                    required=True,
                    personal=PersonalData.FREE_TEXT,
                    near=("帮办代办事项", "代办事项", "事项名称", "办理事项"),
                ),
                Field(
                    "way",
                    "服务方式",
                    Kind.CHOICE,
                    required=True,
                    near=("帮办方式", "代办方式", "方式"),
                    choices=choices(
                        "全程代办",
                        "上门帮办",
                        "延时帮办",
                        "预约帮办",
                        "大厅帮办",
                        全程代办=(
                            "代办",
                            "全程代办帮办",
                            "全程帮办代办",
                            "全程帮代办",
                            "全程帮办",
                            "代办服务",
                            "全代办",
                            "全程代办服务",
                        ),
                        上门帮办=("上门", "上门服务", "上门办", "上门办理", "上门办事", "上门帮办服务"),
                        延时帮办=("延时", "延时服务", "延时办", "延时办理", "错时延时", "延时帮办服务"),
                        预约帮办=("预约", "预约服务", "预约办", "预约办理", "预约帮办服务"),
                        大厅帮办=(
                            "大厅",
                            "窗口",
                            "窗口帮办",
                            "现场帮办",
                            "大厅服务",
                            "大厅导办",
                            "导办",
                            "窗口服务",
                            "大厅帮办服务",
                        ),
                    ),
                ),
                Field(
                    "helper", "帮办员", required=True, personal=PersonalData.NAME, near=("帮办人员", "代办员", "帮办人")
                ),
                Field("phone", "联系电话", personal=PersonalData.PHONE, near=("电话", "联系方式", "手机号")),
                Field("project", "项目名称"),
                Field("due_on", "承诺办结日期", Kind.DATE, near=("承诺办结时间", "承诺日期", "承诺时限")),
                Field("closed_on", "实际办结日期", Kind.DATE, near=("办结时间", "办结日期", "实际办结时间")),
                Field("difficulty", "存在问题", personal=PersonalData.FREE_TEXT),
                Field(
                    "satisfaction", "评价", Kind.CHOICE, choices=SATISFACTION, near=("群众满意度", "满意度", "评价结果")
                ),
            ),
        ),
    ),
    ("help_on_behalf",),
    position=70,
    time_field="received_on",
    is_case=True,
    subject=("client", "matter"),
    names=("帮代办", "帮办代办", "代办帮办"),
)
