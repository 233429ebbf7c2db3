"""Who may ask which use case: the table that the services are held against. A function that stands nowhere here fails the test."""

from models.people import Role

BUREAU, INSPECTOR, UNIT, LEADER = Role.BUREAU, Role.INSPECTOR, Role.UNIT, Role.LEADER

OPEN_TO: dict[tuple[Role, ...], tuple[str, ...]] = {
    (BUREAU, INSPECTOR, UNIT, LEADER): (
        "area_breakdowns.area_breakdowns", "area_breakdowns.placed", "assignment.assignment_history", "calendar.calendar_year",
        "cases.caseload", "cases.caseloads", "cases.closed_cases", "cases.overdue_by_kind", "district.district_as_of", "district.opening_day",
        "evidence.evidence_as_of", "exemptions.exemptions_as_of", "guide_accuracy.accuracy_as_of", "guide_changes.changes_since_last",
        "guide_course.course", "guide_course.submissions", "guide_hand.questions", "guide_rule_settings.rule_book_as_of",
        "guide_rule_settings.rule_book_now", "history.course", "item_names.item_names", "lamps_json.lamps_asked_for",
        "progress.assignments", "proof.prove", "proof.prove_indicator", "rating_sign_rows.reviews_showing", "reporting.reports_owed",
        "reporting_workbook.reporting_workbook", "rows_shown.rows_shown", "scorecard.assess", "scorecard.assess_days", "search.search",
        "shown_figures.shown_figures", "submissions.recent_submissions", "submissions.submission_details", "templates.template", "unit_guides.unit_guides",
    ),
    (BUREAU, INSPECTOR, LEADER): ("guide_cross_checks.cross_check",),
    (BUREAU, INSPECTOR, UNIT): ("evidence.evidence_content", "files.uploaded_file", "guide_todo.todo_workbook", "read_as.read_otherwise_of"),
    (BUREAU, INSPECTOR): (
        "audit_search.audit_workbook", "audit_search.find_acts", "audit_search.log_length", "audit_search.verify_log", "backup.head_of_backup", "guide_hand.record",
        "personal_data.reveal", "settings_register.reading_limits", "settings_register.settings_as_of", "unit_register.register_as_of",
    ),
    (BUREAU, UNIT): (
        "corrections.correct", "corrections.correct_again", "evidence.attach", "evidence.take_back", "progress.report_progress",
        "replacing.replacing_more", "checking.check", "checking.check_cells", "checking.confirm_column", "checking.judged", "upload.submit",
        "upload.withdraw_submission",
    ),
    (BUREAU,): (
        "account_import.import_accounts", "account_import.passwords_workbook", "accounts.accounts", "accounts.add_account",
        "accounts.allow_single_sign_on",
        "accounts.disable_account", "accounts.enable_account", "accounts.reset_password", "backup.back_up", "backup.restore",
        "calendar.change_day", "calendar.enter_year", "exemptions.decide_exemption", "guide_rule_settings.change_rule", "milestones.verify",
        "plan.import_plan", "plan.import_units", "plan.set_target", "plan.settle", "refold.refold", "refold.refold_where_needed",
        "sample_district.restore_sample", "set_up.set_up", "settings_register.change_setting", "unit_import.read_units", "unit_import.store_units", "unit_register.add_unit",
        "unit_register.change_unit",
    ),
}

BY_WHAT_IT_IS_GIVEN = "reads nothing but its arguments, which a use case has handed out"
BEFORE_SIGN_IN = "asked before anybody is signed in; it decides itself"
OWN_SIGN_IN = "the session guard hands over the visit's own token or person"
MECHANISM = "says who is at work and what that allows"

WITHOUT: dict[str, tuple[str, ...]] = {
    BY_WHAT_IT_IS_GIVEN: (
        "accounts.new_account", "area_breakdowns.of_unit", "audit_search.chain_in_words", "audit_search.chain_json", "audit_search.days", "checking.untold", "sign_in.is_expired", "sign_in_records.tried",
        "corrections.wrong_cells", "district.moment", "district.today", "figures.guide_figures", "guide_accuracy.units_of_area",
        "guide_rule_settings.rule_book", "guide_todo.problems_by_rule", "history.added_up", "history.days_to_show", "history.point",
        "lamp_changes.lamps_turned", "lamps_json.lamps_json", "marking.marked", "measured.codes_judged", "plan.expand_units",
        "plan.frames_of", "plan.split_words", "plan.unit_row", "progress.months_to_report", "read_as.read_otherwise_in", "records_in_force.codes_shared", "records_in_force.no_records",
        "refusal.room_on_disk", "scorecard.as_seen", "scorecard.case_of", "scorecard.counted_datasets", "scorecard.lamps_of",
        "scorecard.lamps_that_count", "unit_duties.in_words", "unit_guides.unit_id_of", "unit_register.entry_of", "known_units.unit_names",
        "known_units.unknown_unit", "sound_report.refuse_another_unit", "sound_report.refuse_another_workbook",
        "sound_report.refuse_rows_of_others",
        *(f"personal_data.{name}" for name in (
            "has_personal_data", "logged_unit", "masked_line", "masked_rows", "masked_unit", "masked_words", "personal_fields", "sees_in_full",
            "unmasked_values")),
    ),
    BEFORE_SIGN_IN: (
        "attempts.begin_attempt", "attempts.failed", "sign_in.account_name", "sign_in.demonstrate",
        "sign_in.demonstration_units", "sign_in.sign_in", "single_sign_on.come_back", "single_sign_on.set_out",
        "single_sign_on.sign_in_vouched", "ways_in.has_database", "ways_in.how_to_enter", "ways_in.is_sample",
    ),
    OWN_SIGN_IN: (
        "sessions.demonstrator", "sessions.digest_of", "sessions.idle_since", "sessions.own_sign_ins", "sessions.sign_out",
        "sessions.sign_out_everywhere", "sessions.signed_in", "sessions.too_old_since", "sign_in.change_password",
    ),
    MECHANISM: (
        "acting.acting", "acting.acting_as", "acting.look_up_by", "permission.is_own", "permission.may", "permission.only",
        "permission.open_to", "permission.own_unit", "permission.refuse_unless_own",
    ),
}

ROLES = {name: roles for roles, names in OPEN_TO.items() for name in names}
REASONS = {name: reason for reason, names in WITHOUT.items() for name in names}
