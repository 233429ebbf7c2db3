"""热线, 帮办代办 and 工程审批: each indicator on a small table, worked out by hand."""

from datetime import date

from rules.indicators import at


def test_assessment_problems_are_closed_by_their_date_of_rectification(shares):
    problems = [{"rectified_on": "2023-09-01"}, {"rectified_on": None}, {"rectified_on": "2023-09-30"}]
    assert shares("assessment_closure_rate", assessment_problems=problems) == (2, 3)


def test_calls_answered_of_calls_requested(shares):
    days = [{"calls": 100, "answered": 95}, {"calls": 50, "answered": 50}]
    assert shares("call_answer_rate", hotline_calls=days) == (145, 150)


def test_a_ticket_closed_at_the_last_minute_of_its_due_day_is_in_time(figure_of):
    tickets = [
        {"due_on": "2023-07-10", "closed_at": "2023-07-10T23:59"},
        {"due_on": "2023-07-10", "closed_at": "2023-07-11T00:00"},
        {"due_on": "2023-07-10", "closed_at": None},
        {"due_on": None, "closed_at": "2023-07-01T09:00"},
        {"due_on": "2023-08-01", "closed_at": "2023-07-01T09:00"},
    ]
    figure = figure_of("ticket_on_time_rate", hotline_tickets=tickets)
    assert [at(figure, date(2023, 7, day)) for day in (9, 10)] == [(0, 0), (1, 3)]
    assert at(figure, date(2023, 8, 1)) == (figure.numerator, figure.denominator) == (2, 4)


def test_only_tickets_called_back_with_an_answer_count(shares):
    tickets = [
        {"called_back": True, "solved": True, "satisfied": "满意"},
        {"called_back": True, "solved": False, "satisfied": "基本满意"},
        {"called_back": True, "solved": None, "satisfied": "不满意"},
        {"called_back": True, "solved": True, "satisfied": None},
        {"called_back": False, "solved": True, "satisfied": "满意"},
        {"called_back": None, "solved": True, "satisfied": "满意"},
    ]
    assert shares("ticket_solved_rate", hotline_tickets=tickets) == (2, 3)
    assert shares("ticket_satisfied_rate", hotline_tickets=tickets) == (2, 3)


def test_tickets_done_again_are_a_share_of_the_closed_ones(shares):
    tickets = [
        {"redone": True, "closed_at": "2023-07-01"},
        {"redone": None, "closed_at": "2023-07-01"},
        {"redone": True},
    ]
    assert shares("ticket_redo_rate", hotline_tickets=tickets) == (1, 2)


def test_help_is_in_time_on_the_promised_day_and_counts_from_then(figure_of):
    ledger = [
        {"due_on": "2023-08-10", "closed_on": "2023-08-10"},
        {"due_on": "2023-08-10", "closed_on": "2023-08-11"},
        {"due_on": "2023-08-20", "closed_on": None},
        {"due_on": None, "closed_on": "2023-08-01"},
    ]
    figure = figure_of("help_on_time_rate", help_cases=ledger)
    assert [at(figure, date(2023, 8, day)) for day in (9, 10, 19, 20)] == [(0, 0), (1, 2), (1, 2), (1, 3)]


def test_help_cases_by_way_and_by_client(shares):
    ledger = [{"way": "上门帮办", "client_kind": "老年人"}, {"way": "上门帮办", "client_kind": "企业"}]
    assert shares("help_way_at_home", help_cases=ledger) == (2, None)
    assert shares("help_way_whole", help_cases=ledger) == (0, None)
    assert shares("help_client_elderly", help_cases=ledger) == (1, None)


def test_missing_papers_count_where_they_are_due_unless_answered_no(figure_of):
    ledger = [
        {"papers_missing": True, "papers_due_on": "2023-08-10", "papers_supplied_on": "2023-08-09"},
        {"papers_missing": None, "papers_due_on": "2023-08-10", "papers_supplied_on": None},
        {"papers_missing": False, "papers_due_on": "2023-08-10", "papers_supplied_on": "2023-08-09"},
        {"papers_missing": True, "papers_due_on": None, "papers_supplied_on": "2023-08-09"},
    ]
    figure = figure_of("missing_papers_on_time_rate", approvals=ledger)
    assert [at(figure, date(2023, 8, day)) for day in (9, 10)] == [(0, 0), (1, 2)]


def test_results_are_uploaded_of_what_is_closed(shares):
    ledger = [
        {"closed_on": "2023-08-01", "result_uploaded": True},
        {"closed_on": "2023-08-01", "result_uploaded": None},
        {"closed_on": None, "result_uploaded": True},
    ]
    assert shares("result_upload_rate", approvals=ledger) == (1, 2)


def test_a_project_with_a_joint_survey_counts_once_however_many_approvals_it_has(shares):
    closed = {"stage": "竣工验收", "closed_on": "2023-07-01"}
    ledger = [
        {**closed, "project_code": "P1", "survey_needed": True},
        {**closed, "project_code": "P1", "survey_joint": True},
        {**closed, "project_code": "P1", "survey_needed": True, "survey_joint": True},
        {**closed, "project_code": "P2", "survey_needed": True, "survey_joint": False},
        {**closed, "stage": "施工许可", "project_code": "P2", "survey_joint": True},
        {**closed, "project_code": "P3", "survey_needed": False, "survey_joint": True},
        {"stage": "竣工验收", "project_code": "P4", "survey_needed": True, "survey_joint": True},
        {**closed, "stage": "施工许可", "project_code": "P5", "survey_needed": True, "survey_joint": True},
    ]
    assert shares("joint_survey_rate", approvals=ledger) == (1, 2)


def test_the_market_and_the_utilities_are_counts_without_a_denominator(shares):
    months = [
        {"selections": 3, "water": 1, "heat": 2, "gas": None, "power": 4, "telecom": 5},
        {"selections": None, "water": 10},
    ]
    assert shares("intermediary_selections", engineering_monthly=months) == (3, None)
    assert shares("utility_cases", engineering_monthly=months) == (22, None)
    assert shares("utility_cases_water", engineering_monthly=months) == (11, None)
    assert shares("utility_cases", engineering_monthly=[{"selections": 3}]) == (None, None)


def test_an_approval_is_overdue_from_the_day_after_its_due_day(figure_of):
    ledger = [
        {"_due_on": "2023-08-10", "closed_on": "2023-08-10"},
        {"_due_on": "2023-08-10", "closed_on": "2023-08-11"},
        {"_due_on": "2023-08-10", "closed_on": None},
        {"_due_on": None, "closed_on": None},
    ]
    figure = figure_of("approval_overdue_rate", approvals=ledger)
    assert [at(figure, date(2023, 8, day)) for day in (10, 11)] == [(0, 0), (2, 3)]


def test_projects_that_use_a_regional_assessment_of_those_that_could(shares):
    ledger = [
        {"project_code": "P1", "regional_possible": True},
        {"project_code": "P1", "regional_possible": True, "regional_used": True},
        {"project_code": "P2", "regional_possible": True, "regional_used": False},
        {"project_code": "P3", "regional_possible": None, "regional_used": True},
    ]
    assert shares("regional_assessment_use", approvals=ledger) == (1, 2)
