"""One tumour's raw calls on two assemblies are described, and planned, the same."""

import msgspec

from onkos.model import Case
from onkos.pipeline import run
from onkos.sources.patient import read_vcf


def dossier(shared_data, knowledge, assembly):
    path = shared_data / "patients" / "pcgr_coad" / f"T001-COAD.{assembly.casefold()}.vcf.gz"
    (observed,) = read_vcf(path, knowledge.vocabulary).values()
    calls = tuple(msgspec.structs.replace(c, assembly=assembly) for c in observed.calls)
    return run(Case(id="c", disease="COAD", calls=calls), knowledge)


def test_the_colon_tumour_is_told_the_same_on_both(shared_data, knowledge):
    told = []
    for assembly in ("GRCh37", "GRCh38"):
        found = dossier(shared_data, knowledge, assembly)
        changes = sorted(
            (a.label, a.coding, a.oncogenicity, a.oncogenicity_points)
            for a in found.case.alterations
        )
        assert "BRAF V600E" in {label for label, *_ in changes}
        told.append((changes, [o.therapy for o in found.plan.options]))
    assert told[0] == told[1]
