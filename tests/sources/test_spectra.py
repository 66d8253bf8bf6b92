"""Tables of channels: as SigProfiler and COSMIC write them, and what is wrong with others."""

import gzip

import pytest

from onkos.errors import Unreadable
from onkos.model import SBS96
from onkos.sources.knowledge.catalogue import read_catalogue
from onkos.sources.patient.spectra import read_spectra


def write(folder, rows, header=("Type", "one", "two"), separator="\t", name="table.txt"):
    path = folder / name
    lines = [separator.join(header), *(separator.join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def whole(value=1):
    return [(channel, value, at) for at, channel in enumerate(SBS96)]


def test_a_matrix_is_read_by_sample(tmp_path):
    found = read_spectra(write(tmp_path, whole(), ("MutationType", "one", "two")), "exome")
    assert set(found) == {"one", "two"}
    assert found["one"].total == 96
    assert found["two"].counts["A[C>A]C"] == 1
    assert found["two"].territory == "exome"


def test_two_columns_of_a_channel_in_any_order_and_gzip(tmp_path):
    rows = [(c[2:5], c[0] + c[2] + c[6], at) for at, c in enumerate(SBS96)]
    path = write(tmp_path, rows[::-1], ("Mutation type", "Trinucleotide", "s"), ",", "t.csv")
    packed = tmp_path / "t.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read_spectra(packed)["s"].counts["T[T>G]T"] == 95


def test_a_table_that_lacks_channels_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="95 of the 96 channels"):
        read_spectra(write(tmp_path, whole()[1:]))


def test_every_problem_is_told_at_once(tmp_path):
    rows = whole()
    rows[3] = (rows[3][0], "many", 1)
    rows[4] = (rows[4][0], -2, 1)
    rows[5] = rows[6]
    rows[7] = ("A[A>C]A", 1, 1)
    with pytest.raises(Unreadable) as caught:
        read_spectra(write(tmp_path, rows))
    told = str(caught.value)
    for word in ("line 5", "'many'", "line 6", "'-2'", "stands twice", "no channels of SBS96"):
        assert word in told


def test_a_context_that_is_not_supported_says_what_to_do(tmp_path):
    rows = [(f"T:{channel}", 1) for channel in SBS96]
    with pytest.raises(Unreadable, match="collapse"):
        read_spectra(write(tmp_path, rows, ("MutationType", "s")))


def test_a_sample_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="'one' is there twice"):
        read_spectra(write(tmp_path, whole(), ("Type", "one", "one")))


def test_a_catalogue_holds_probabilities(tmp_path):
    rows = [(channel, 1 / 96, 0.0105) for channel in SBS96]
    found = read_catalogue(write(tmp_path, rows, name="COSMIC_v9.txt"))
    assert found.name == "COSMIC_v9"
    assert found.kind == "SBS96"
    assert sum(found.signatures["two"]) == pytest.approx(1)
    with pytest.raises(Unreadable, match="not counts"):
        read_catalogue(write(tmp_path, whole()))


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("COSMIC_v3.4_SBS_GRCh38.txt", "SBS96", 86),
        ("COSMIC_v3.5_DBS_GRCh38.txt", "DBS78", 22),
        ("COSMIC_v3.5_ID_GRCh37.txt", "ID83", 25),
    ],
)
def test_real_catalogues_are_read(shared_data, name, kind, count):
    found = read_catalogue(shared_data / "knowledge" / "signatures" / name)
    assert found.kind == kind
    assert len(found.signatures) == count


def test_real_spectra_are_read(shared_data):
    folder = shared_data / "patients" / "sig_sigprofiler" / "Input_scenario_8"
    matrix = read_spectra(folder / "Samples.txt", "genome")
    two_columns = read_spectra(folder / "ground.truth.syn.catalog.csv", "genome")
    assert len(matrix) == 1000
    assert matrix["SP.Syn.Abst.1"].counts == two_columns["SP.Syn.Abst.1"].counts
