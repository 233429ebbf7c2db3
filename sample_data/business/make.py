"""From the invented plan and cases to the plan workbook, the list of units, what was sent month by month, and
manifest.json in order of time. The same bytes every time.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from sample_data.business import plan_text, units
from sample_data.business.posts import decisions, posts
from sample_data.workbook import save_xlsx

FOLDER = "business"
SENT = "报送"
SETTINGS = {"district": units.DISTRICT, "first_reporting_month": "2024-01", "opens_at": "2024-06-18"}


def make(folder: Path) -> Path:
    """Write the sample into this folder and return its manifest."""
    zone = folder / FOLDER
    shutil.rmtree(zone / SENT, ignore_errors=True)
    save_xlsx(zone / plan_text.FILE_NAME, plan_text.sheets())
    save_xlsx(zone / units.FILE_NAME, [units.sheet()])
    sent = posts()
    for post in sent:
        post.write(zone / SENT)
    entries = [*(post.entry() | {"file": f"{SENT}/{post.file}"} for post in sent), *decisions()]
    path = zone / "manifest.json"
    manifest = {"settings": SETTINGS, "entries": sorted(entries, key=lambda entry: str(entry["at"]))}
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    print(make(Path(__file__).parent.parent))
