"""Reports built by hand, so that renderers can be tried without any reading or judging."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from perflint.render import RenderOptions
from perflint.report import DocumentJson, FindingJson, FormJson, IndicatorJson, PlaceJson, ReportJson
from perflint.report.statistics import statistics_of, summary_of

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
RULES = {
    "U301": ("计数指标用了百分比单位", "计数要用量词。"),
    "D201": ("指标重复", "重复的指标不能说明更多。"),
    "S101": ("没有成本指标", "成本指标是四类一级指标之一。"),
    "Q406": ("指标值无法核对", "无法核对的值不能考核。"),
    "E901": ("文件无法读取", "没有读取的文件没有检查。"),
}


def cells(row: int) -> dict[str, PlaceJson]:
    """Return the places of an indicator row on page 1: cells of 100 by 20 points, the first row at 200."""
    top = 180.0 + 20 * row
    columns = ("level1", "level2", "name", "target")
    return {
        field: {"page": 1, "box": [50.0 + 100 * column, top, 150.0 + 100 * column, top + 20]}
        for column, field in enumerate(columns)
    }


def indicator(
    index: int,
    name: str,
    target: str | None,
    level1: str = "产出指标",
    level2: str = "数量指标",
    **other: Any,
) -> IndicatorJson:
    """Return an indicator row whose cells have boxes."""
    row: IndicatorJson = {
        "index": index,
        "level1": level1,
        "level2": level2,
        "name": name,
        "target": {"text": target, "comparator": None, "value": None, "unit": None} if target else None,
        "actual": None,
        "weight": None,
        "score": None,
        "remark": None,
        "confidence": "ruled",
        "place": cells(index)["name"],
        "places": cells(index),
    }
    row.update(other)
    return row


def form(
    *indicators: IndicatorJson, index: int = 1, project: str | None = "河道保洁", **other: Any
) -> FormJson:
    """Return a declaration with these rows."""
    made: FormJson = {
        "index": index,
        "kind": "declaration",
        "template": "shanghai-declaration-2026",
        "title": "财政项目支出绩效目标申报表",
        "year": 2026,
        "project_name": project,
        "header": {"实施单位": "区水务管理所"},
        "funding": {"unit": "元", "年度资金申请总额": "131,000.00"},
        "goals": {"年度总体目标": "保洁河道 12 公里"},
        "indicators": list(indicators),
        "total_score": None,
        "grade": None,
        "place": {"page": 1, "box": [50.0, 40.0, 450.0, 60.0]},
        "places": {
            "header:实施单位": {"page": 1, "box": [150.0, 100.0, 450.0, 120.0]},
            "goals:年度总体目标": {"page": 1, "box": [150.0, 140.0, 450.0, 160.0]},
        },
        "weaknesses": [],
        "abstentions": [],
    }
    made.update(other)
    return made


def finding(code: str, row: IndicatorJson | None, field: str | None = "target", **other: Any) -> FindingJson:
    """Return a finding on a cell of a row, on the form as a whole, or (with `form=None`) on the file."""
    place = row["places"][field] if row and field else {}
    number = row["index"] if row else None
    made: FindingJson = {
        "code": code,
        "name": code.lower(),
        "severity": "error",
        "message": f"{code} 在“{row['name'] if row else '整张表'}”",
        "suggestion": None,
        "form": 1,
        "indicator": number,
        "field": field if row else None,
        "excerpt": "",
        "place": place,
        "related": [],
        "confidence": "ruled",
        "fingerprint": hashlib.sha256(f"{code}{number}{other.get('form', 1)}".encode()).hexdigest()[:16],
        "suppressed": None,
    }
    made.update(other)
    return made


def document(
    *forms: FormJson, findings: list[FindingJson], path: str = "表.pdf", **other: Any
) -> DocumentJson:
    """Return a checked PDF."""
    made: DocumentJson = {
        "path": path,
        "sha256": "0" * 64,
        "format": "pdf",
        "status": "checked",
        "named": True,
        "pages": 1,
        "forms": list(forms),
        "findings": findings,
    }
    made.update(other)
    return made


def report(*documents: DocumentJson, language: str = "zh") -> ReportJson:
    """Return the report of a run over these documents."""
    codes = {finding["code"] for document in documents for finding in document["findings"]}
    return {
        "tool": {"name": "perflint", "version": "0.1.0"},
        "run": {
            "language": language, "profile": "auto", "rules_sha256": "ab" * 32, "settings_sha256": "cd" * 32,
        },
        "rules": {
            code: {
                "name": code.lower(),
                "group": "units",
                "severity": "error",
                "title": RULES[code][0],
                "why": RULES[code][1],
                "suggestion": "如 {{ target.number_text }}",
                "basis": ["财预〔2021〕101号"],
            }
            for code in sorted(codes)
        },
        "documents": list(documents),
        "summary": summary_of(documents),
        "statistics": statistics_of(documents),
        "notices": [],
    }  # fmt: skip


def options(base: Path, **other: Any) -> RenderOptions:
    """Return options with a fixed date."""
    return RenderOptions(base=base, generated_at=NOON, **other)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, as a report has it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
