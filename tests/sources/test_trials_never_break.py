"""Whatever a document holds: a trial, or one error with its reason; never a wrong match."""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onkos.errors import InputError
from onkos.model import Answer, Case
from onkos.model.trial import Trial
from onkos.pipeline import match_trials
from onkos.sources.knowledge.trials import read_trials
from onkos.sources.knowledge.trials.ctgov import trial_of as study_of
from onkos.sources.knowledge.trials.ctml import DEEPEST, trial_of

words = st.sampled_from(
    ["KRAS", "EGFR", "!Mutation", "Mutation", "p.G12C", "p.V600", "Any Variation", "CNV", "19",
     "In_Frame_Del", "!", "", ">=18", "_SOLID_", "Melanoma", "Female", "Non-Small Cell Lung Cancer",
     "MSI-H", "\u202e", "None"]
)  # fmt: skip
keys = st.sampled_from(
    ["hugo_symbol", "variant_category", "protein_change", "exon", "cnv_call", "wildtype", "gender",
     "variant_classification", "oncotree_primary_diagnosis", "age_numerical", "ms_status", "x"]
)  # fmt: skip
values = words | st.none() | st.integers() | st.lists(words, max_size=3)
leaves = st.fixed_dictionaries({}, optional={"genomic": st.none()}) | st.builds(
    lambda kind, body: {kind: body},
    st.sampled_from(["genomic", "clinical", "prior"]),
    st.dictionaries(keys, values, max_size=4) | values,
)
trees = st.recursive(
    leaves | values,
    lambda inner: st.builds(
        lambda kind, parts: {kind: parts},
        st.sampled_from(["and", "or", "not"]),
        st.lists(inner, max_size=3) | inner,
    ),
    max_leaves=8,
)
QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUIET
@given(tree=trees)
def test_any_match_tree_is_read_or_refused_and_can_be_asked(vocabulary, knowledge, tree):
    document = {"nct_id": "N", "treatment_list": {"step": [{"match": tree}]}}
    trial = trial_of(document, "t", vocabulary)
    case = Case(id="p", disease="LUAD")
    (match,) = match_trials(case, [trial], knowledge, everything=True)
    unread = {c.text for c in trial.criteria() if c.unread}
    assert {u.text for u in trial.unread} == unread
    if not list(trial.criteria()):
        assert match.answer is Answer.UNKNOWN


@QUIET
@given(
    section=st.dictionaries(
        st.sampled_from(["identificationModule", "eligibilityModule", "conditionsModule",
                         "contactsLocationsModule", "armsInterventionsModule", "statusModule"]),
        st.dictionaries(
            st.sampled_from(["nctId", "minimumAge", "sex", "conditions", "locations", "armGroups",
                             "eligibilityCriteria", "interventions", "overallStatus"]),
            values | st.lists(st.dictionaries(st.just("geoPoint"), values, max_size=1), max_size=2),
            max_size=4,
        ),
    )
)  # fmt: skip
def test_any_study_is_read_or_refused(vocabulary, section):
    section.setdefault("identificationModule", {}).setdefault("nctId", "N")
    try:
        trial = study_of({"protocolSection": section}, "s", vocabulary)
    except (InputError, TypeError):
        return  # the door turns both into an entry that was not read
    assert isinstance(trial, Trial)


def test_a_tree_of_any_depth_is_one_unread_entry(vocabulary, tmp_path):
    for depth in (DEEPEST + 2, 900, 100_000):
        path = tmp_path / f"{depth}.json"
        tree = '{"and": [' * depth + '{"clinical": {"gender": "Male"}}' + "]}" * depth
        path.write_text('{"nct_id": "N", "treatment_list": {"step": [{"match": ' + tree + "}]}}")
        (found,) = read_trials([path], vocabulary)
        assert "deep" in found.reason


def test_a_pipe_or_a_device_in_a_folder_is_named_and_not_read(vocabulary, tmp_path):
    """Reading them would never end."""
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "zeros.yaml").symlink_to("/dev/zero")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    told = {one.source: one.reason for one in read_trials([tmp_path], vocabulary)}
    assert told["pipe.json"] == told["zeros.yaml"] == "no plain file"
    assert told["gone.yaml"] == "No such file or directory"
