"""Files of JSON from outside, whoever reads them."""

import pytest

from onkos.errors import Unreadable
from onkos.sources.knowledge.adapters import civic, moa, oncokb
from onkos.sources.knowledge.hotspot_files import read_hotspots


@pytest.mark.parametrize(
    "read", [civic.read, moa.read, oncokb.read, read_hotspots],
    ids=["civic", "moa", "oncokb", "hotspots"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("text", "problem"), [("[" * 100_000, "nested too deep"), ("{", "not JSON")]
)
def test_what_is_no_json_is_refused_by_every_reader(read, text, problem, tmp_path, vocabulary):
    path = tmp_path / "answer.json"
    path.write_text(text)
    with pytest.raises(Unreadable, match=problem):
        list(read(path, vocabulary))
