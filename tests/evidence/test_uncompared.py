"""Claims of outcome, diagnosis and predisposition that other sources make: counted."""

from msgspec.structs import replace

from onkos.evidence import uncompared
from onkos.model import Case, Claim, Consent, Effect, Study, StudyKind
from onkos.model.criterion import Mutation
from onkos.report.uncompared_view import uncompared_line
from tests.properties.cases import small_variant

V600E = Mutation(genes=("BRAF",), change="V600E")
STUDY = Study(kind=StudyKind.RETROSPECTIVE, pmid=1)


def claim(number, effect, when=V600E, drug=()):
    return Claim(id=f"civic:EID{number}", when=when, disease=("COAD",), therapy=drug,
                 effect=effect, studies=(STUDY,), source="CIViC")  # fmt: skip


def test_claims_of_no_regimen_are_counted_by_effect_and_not_where_withheld(knowledge):
    others = (
        claim(1, Effect.WORSE_PROGNOSIS),
        claim(2, Effect.WORSE_PROGNOSIS),
        claim(3, Effect.DIAGNOSIS),
        claim(4, Effect.PREDISPOSITION),
        claim(5, Effect.BENEFIT, drug=("vemurafenib",)),
        claim(6, Effect.DIAGNOSIS, when=Mutation(genes=("KRAS",), change="G12C")),
    )
    known = replace(knowledge, others=others)
    case = Case(id="c", disease="COAD", alterations=(small_variant("BRAF", "V600E"),))
    found = uncompared(case, (), known)
    assert found == {
        Effect.WORSE_PROGNOSIS: 2, Effect.DIAGNOSIS: 1, Effect.PREDISPOSITION: 1,
    }  # fmt: skip
    assert uncompared_line(found) == (
        "not compared, since they are of no regimen: 4 claims (2 worse prognosis, 1 diagnosis, "
        "1 predisposition)"
    )
    withheld = uncompared(replace(case, germline=Consent.WITHHOLD), (), known)
    assert Effect.PREDISPOSITION not in withheld
    assert uncompared(case, (), replace(knowledge, others=())) == {}
    assert uncompared_line({}) == ""
