"""Whatever is in a VCF, it is refused by name or every row of it is accounted for."""

from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onkos.errors import Unreadable
from onkos.sources.patient.vcf import read_vcf
from tests.sources.vcf_miniatures import MINIATURES, vcf

STRUCTURAL = """
##contig=<ID=chr2,length=242193529>
##INFO=<ID=SVTYPE,Number=1,Type=String,Description="x">
##INFO=<ID=END,Number=1,Type=Integer,Description="x">
##INFO=<ID=MATEID,Number=.,Type=String,Description="x">
##INFO=<ID=CT,Number=1,Type=String,Description="x">
##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Allele|Consequence|SYMBOL|Feature_type|Feature|STRAND">
##FORMAT=<ID=PR,Number=.,Type=Integer,Description="x">
#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT TUMOR
chr2 100 a A A]chr2:900] . PASS SVTYPE=BND;MATEID=b;CSQ=x|intron_variant|ALK|Transcript|T1|-1 PR 9,9
chr2 900 b C C]chr2:100] . PASS SVTYPE=BND;MATEID=a;CSQ=x|intron_variant|EML4|Transcript|T2|1 PR 9,9
chr2 500 c C <DEL> . PASS SVTYPE=DEL;END=700;CT=3to5 PR 9,9
chr2 500 d C <INV>,<DUP> . PASS SVTYPE=INV;END=700 PR 9,9
"""  # noqa: E501
FILES = {**{name: one.text for name, one in MINIATURES.items()}, "structural": STRUCTURAL}
PIECES = [
    b"", b"\t", b"\n", b"|", b",", b":", b";", b"=", b"\xff", b"\0", b"-1", b"*", b".", b"nan",
    b"<DEL>", b"[chr2:5[", b"]", b"1e400", b"99999999999999999999", b"0/1/2", b"0|1", b"PASS",
    b"Number=R", b"Type=String", b"Type=Float", b"##", b"%", b'"', b">", "\u0663".encode(),
]  # fmt: skip
EDITS = st.lists(
    st.tuples(st.integers(0, 4000), st.integers(0, 12), st.sampled_from(PIECES)),
    min_size=1,
    max_size=5,
)


def check(path: Path, vocabulary, content: bytes) -> None:
    path.write_bytes(content)
    with suppress(Unreadable):
        for observed in read_vcf(path, vocabulary).values():
            kept = len(observed.alterations) + len(observed.calls)
            left = sum(observed.filtered.values()) + len(observed.unread)
            assert observed.rows == kept + left
            assert all(unread.reason for unread in observed.unread)
            assert all(call.vaf is None or 0 <= call.vaf <= 1 for call in observed.calls)


@given(name=st.sampled_from(sorted(FILES)), edits=EDITS)
@example(name="structural", edits=[(0, 0, b"")])
@example(name="structural", edits=[(2327, 0, b"\xff")])  # in the name of the chromosome
@example(name="structural", edits=[(2340, 0, b"\xff")])  # in an allele
@example(name="structural", edits=[(2336, 0, b"\xff")])  # in the name of the record
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_edited_miniatures(tmp_path, vocabulary, name, edits):
    content = vcf(FILES[name]).encode()
    for at, lost, gained in edits:
        at %= len(content)
        content = content[:at] + gained + content[at + lost :]
    check(tmp_path / "calls.vcf", vocabulary, content)


@given(name=st.sampled_from(sorted(FILES)), left=st.integers(0, 2000), flip=st.integers(0, 2000))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_cut_and_damaged_bgzip(tmp_path, vocabulary, name, left, flip):
    import pysam

    path = tmp_path / "calls.vcf.gz"
    with pysam.BGZFile(str(path), "wb") as file:
        file.write(vcf(FILES[name]).encode())
    content = bytearray(path.read_bytes())
    content[flip % len(content)] ^= 0xFF
    check(path, vocabulary, bytes(content[: max(0, len(content) - left % 40)]))
