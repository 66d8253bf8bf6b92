"""The strip of a burden with the boxes of cohorts: everything stands inside and in its place."""

import re

import pytest
from msgspec.structs import replace

from onkos.model import Among, Finding, Scale
from onkos.report.burden_strip import burden_strips
from onkos.report.svg import WIDTH
from tests.report.dossiers import lung


def strip_of(*among):
    scale = Scale(value=12.0, interval=(10.0, 14.0), cutoff=10, unit="mut/Mb", among=among)
    finding = Finding(name="TMB", value="TMB 12", method="counted", scale=scale)
    dossier = replace(lung(), findings=(finding,))
    ((picture, caption),) = burden_strips(dossier)
    return picture, caption


def one(**said):
    given = {
        "cohort": "TCGA-LUAD", "n": 533, "value": 12.0, "interval": (10.0, 14.0),
        "quartiles": (2.0, 5.0, 40.0), "share": 0.81,
    }  # fmt: skip
    return Among(**{**given, **said})


def places(picture, style):
    found = re.findall(rf"<[^>]*class=\"{style}\"[^>]*>", picture)
    number = r'\b(x|x1|x2|y|y1|y2|width|height|cx|cy)="([\d.]+)"'
    return [{name: float(at) for name, at in re.findall(number, tag)} for tag in found]


def test_boxes_stand_at_their_quartiles_on_the_axis_of_the_strip():
    picture, caption = strip_of(one(), one(cohort="ours", quartiles=(1.0, 2.0, 3.0)))
    boxes, medians, heads = (places(picture, s) for s in ("quartiles", "median", "head"))
    assert len(boxes) == len(medians) == 2
    assert len(heads) == 3
    per_unit = (medians[0]["x1"] - boxes[0]["x"]) / (5.0 - 2.0)
    assert boxes[0]["width"] == pytest.approx(38 * per_unit, rel=0.02)
    assert heads[0]["cx"] == heads[1]["cx"] == heads[2]["cx"]
    assert max(box["x"] + box["width"] for box in boxes) <= WIDTH
    assert "above 81% of the 533 tumours of TCGA-LUAD" in caption


def test_without_cohorts_the_strip_is_as_it_was():
    picture, caption = strip_of()
    assert "quartiles" not in picture
    assert "tumours" not in caption
    assert len(places(picture, "cutoff")) == 1
