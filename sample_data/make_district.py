"""From the story to the workbooks and evidence that units sent from June to August 2023, and manifest.json, in order of
time.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from sample_data.acts import acts, sent_by_mistake, with_cells_to_mend
from sample_data.assessment import assessment, write_rules
from sample_data.bulletins import bulletins
from sample_data.district_units import DISTRICT
from sample_data.evidence import EVIDENCE
from sample_data.inspections import inspections
from sample_data.ledgers import ledger_posts
from sample_data.own_workbooks import own_posts
from sample_data.post import Post
from sample_data.progress_rows import decisions
from sample_data.returned_files import returned_posts
from sample_data.rounds import rounds
from sample_data.supervision import supervision

FOLDER = "district"
SETTINGS = {"district": DISTRICT, "first_reporting_month": "2023-06", "opens_at": "2023-08-22"}
TARGETS = [
    {
        "kind": "target",
        "indicator": "intermediary_selections",
        "baseline": 70,
        "at": "2023-07-06T10:00:00+08:00",
        "reason": "2022年6月至7月中介超市选取70次",
    }
]


EXPLAINED = {
    "08月/清溪镇7月月度办件统计（更正）.xlsx": "7月集中办理城乡居民养老待遇资格认证，办件增加",
    "08月/全区7月月度办件统计（补报）.xlsx": "补报单位7月恢复延时服务，办件增加",
}
"""File → the sentence given with figures beyond the history of its units."""


def make(folder: Path) -> Path:
    district = folder / FOLDER
    shutil.rmtree(district, ignore_errors=True)
    posts = all_posts()
    for post in posts:
        post.write(district)
    for evidence in EVIDENCE:
        evidence.write(district)
    write_rules(district)
    path = district / "manifest.json"
    path.write_text(json.dumps(manifest(posts), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def all_posts() -> list[Post]:
    sent = [*ledger_posts(), *map(with_cells_to_mend, own_posts()), sent_by_mistake(), *returned_posts()]
    return sorted(sent, key=lambda post: (post.at, post.file))


def manifest(posts: Sequence[Post]) -> dict[str, object]:
    """Return `settings` to begin with, then `entries` of kind submit, verify, target, attach, take back, withdraw,
    exempt, find, rectify, notify, receive, inspect, assess, round, meeting, talk, instruct, or a step of a bulletin;
    `expect` other than accepted: not submitted.
    """
    entries: list[Mapping[str, object]] = [
        *(_explained(post) for post in posts),
        *decisions(),
        *TARGETS,
        *acts(),
        *supervision(),
        *inspections(),
        *assessment(),
        *bulletins(),
        *rounds(),
        *(entry for evidence in EVIDENCE for entry in evidence.entries()),
    ]
    return {"settings": SETTINGS, "entries": sorted(entries, key=lambda entry: str(entry["at"]))}


def _explained(post: Post) -> Mapping[str, object]:
    return post.entry() | ({"explanation": EXPLAINED[post.file]} if post.file in EXPLAINED else {})


if __name__ == "__main__":
    print(make(Path(__file__).parent))
