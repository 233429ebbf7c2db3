"""The kinds of spot checks (抽查), one declaration each. Source: supervision.md 2.1 and 2.4."""

from catalogue.spot_checks.kinds import KINDS as KINDS
from catalogue.spot_checks.ledgers import LEDGERS as LEDGERS
