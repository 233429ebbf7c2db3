"""The guide rules in force at an instant: as declared, then as the bureau switched them or changed their severity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import INDICATORS
from catalogue.indicators.guide_accuracy import indicator_of
from data_access.database import Session, reading, writing
from data_access.guide_rule_entries import add_rule_entry, rule_entries
from models.guides import ADVICE, ERROR, GuideRule
from models.tables import GuideRuleEntry
from rules.as_of import end_of_day
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, EVERYONE, requires_role
from services.access.refusal import RefusedRequest

RULES: Mapping[str, GuideRule] = {rule.code: rule for rule in GUIDE_RULES}


@dataclass(frozen=True)
class RuleEntry:
    """A decision of the bureau on one rule."""

    rule: str
    enabled: bool
    severity: str
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True)
class RuleBook:
    """The rules as they stand at an instant."""

    rules: tuple[GuideRule, ...]  # in force, with the severity in force, those by hand among them
    entries: tuple[RuleEntry, ...]  # oldest first

    def rule(self, code: str) -> GuideRule | None:
        """Return the rule, or None where it is switched off."""
        return next((rule for rule in self.rules if rule.code == code), None)

    @property
    def decided(self) -> tuple[GuideRule, ...]:
        """Those the sheet can decide."""
        return tuple(rule for rule in self.rules if not rule.by_hand)

    @property
    def by_hand(self) -> tuple[GuideRule, ...]:
        return tuple(rule for rule in self.rules if rule.by_hand)

    @property
    def measures(self) -> dict[str, tuple[str, ...]]:
        """Measure → the rules it counts: in force, of severity error, decided from the sheet; () where none is left."""
        return {
            measure: tuple(rule.code for rule in self.decided if rule.measure == measure and rule.severity == ERROR)
            for measure in dict.fromkeys(rule.measure for rule in GUIDE_RULES if rule.measure)
        }


def rule_book(entries: Iterable[GuideRuleEntry]) -> RuleBook:
    """Return the rule book of these entries; of several entries of a rule, oldest first, the last holds."""
    known = tuple(
        RuleEntry(entry.rule, entry.enabled, entry.severity, entry.reason, entry.at, entry.by) for entry in entries
    )
    latest = {entry.rule: entry for entry in known}
    return RuleBook(
        tuple(
            replace(rule, severity=latest[rule.code].severity) if rule.code in latest else rule
            for rule in GUIDE_RULES
            if rule.code not in latest or latest[rule.code].enabled
        ),
        known,
    )


def rule_book_at(session: Session, end: datetime) -> RuleBook:
    """Return the rule book just before `end`."""
    return rule_book(rule_entries(session, end))


@requires_role(*EVERYONE)
def rule_book_as_of(as_of: date) -> RuleBook:
    """Return the rule book at the end of that day."""
    with reading() as session:
        return rule_book_at(session, end_of_day(as_of))


@requires_role(*EVERYONE)
def rule_book_now() -> RuleBook:
    with reading() as session:
        return rule_book_at(session, present())


def figures_counted(session: Session, end: datetime) -> dict[str, tuple[str, ...]]:
    """Return indicator of guide accuracy → the stored figures of the rules it counts at that time."""
    measures = rule_book_at(session, end).measures
    return {indicator_of(measure): rules for measure, rules in measures.items() if indicator_of(measure) in INDICATORS}


@requires_role(*BUREAU_ALONE)
def change_rule(code: str, *, enabled: bool, severity: str, reason: str, at: datetime, seen: int | None = None) -> None:
    """Enter that a rule is on or off and how grave it is, from `at` on. `seen`: how many entries of the rule whoever
    enters had before them; None where they had none. Raises RefusedRequest, naming who was first where another changed
    it meanwhile.
    """
    if code not in RULES:
        raise RefusedRequest(f"没有规则“{code}”。")
    if severity not in (ERROR, ADVICE):
        raise RefusedRequest("性质只能是“错误”或“建议”。")
    if not reason.strip():
        raise RefusedRequest("请写明理由。")
    with writing() as session:
        entries = [entry for entry in rule_entries(session, at) if entry.rule == code]
        if seen is not None and len(entries) > seen:
            raise RefusedRequest(_overtaken(entries[-1]))
        current = (entries[-1].enabled, entries[-1].severity) if entries else (True, RULES[code].severity)
        if current == (enabled, severity):
            raise RefusedRequest(f"规则 {code} 当前就是这样设置的，没有变化。")
        add_rule_entry(
            session, code, enabled=enabled, severity=severity, reason=reason.strip(), at=at, by=current_user().name
        )
        log(
            session,
            "guide rule",
            code,
            before=dict(zip(("enabled", "severity"), current, strict=True)),
            after={"enabled": enabled, "severity": severity},
            detail={"reason": reason.strip(), "at": at.isoformat()},
        )


def _overtaken(entry: GuideRuleEntry) -> str:
    state = ("启用，性质为错误" if entry.severity == ERROR else "启用，性质为建议") if entry.enabled else "停用"
    return (
        f"规则 {entry.rule} 刚才已由{entry.by}改为{state}（理由：{entry.reason}），"
        "您的更改没有保存；请看过后再决定是否更改。"
    )
