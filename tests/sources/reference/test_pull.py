"""A genome fetched from a small archive on this machine, whatever befalls it on the way."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import pytest
from click.testing import CliRunner

from onkos.cli.entry import main
from onkos.errors import FetchError, UsageError
from onkos.sources.checksums import Sum, agrees, bsd_sum, read_checksums
from onkos.sources.fetch import Patience, checked_address, fetch
from onkos.sources.reference import add_reference, open_reference, references
from onkos.sources.reference.pull import pull_reference, source_of
from tests.small_genome import FORWARD, write
from tests.sources.reference.archive import lay_out, serving

HASTY = Patience(seconds=2, tries=3, pause=0.01)
FASTA = source_of("GRCh38").fasta.name


@pytest.fixture
def archive(tmp_path, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    lay_out(tmp_path / "archive", padding=120_000)
    with serving(tmp_path / "archive") as archive:
        yield archive


def pulled(archive, store, **said):
    return pull_reference("GRCh38", store, archive.base, patience=HASTY, **said)


def test_what_is_pulled_opens_and_is_complete(archive, tmp_path):
    steps = []
    added, fetched = pulled(archive, tmp_path / "store", watcher=lambda *told: steps.append(told))
    assert fetched
    assert (added.assembly, added.transcripts, added.mane) == ("GRCh38", 2, 2)
    genome = open_reference("GRCh38", tmp_path / "store")
    assert genome.sequence("1", 1, 30) == FORWARD[:30]
    assert genome.length("3") == 120_000
    said = list(dict.fromkeys(what.partition(" ")[0] for what, _, _ in steps))
    assert said == ["fetching", "checking", "packing", "reading"]
    for what in ("fetching", "checking"):
        of_fasta = [(d, t) for w, d, t in steps if w == f"{what} {FASTA}"]
        assert of_fasta[-1][0] == of_fasta[-1][1]
        assert [d for d, _ in of_fasta] == sorted(d for d, _ in of_fasta)


def test_a_second_run_fetches_nothing(archive, tmp_path):
    pulled(archive, tmp_path / "store")
    asked = sum(archive.asked.values())
    added, fetched = pulled(archive, tmp_path / "store")
    assert (fetched, added.transcripts, sum(archive.asked.values())) == (False, 2, asked)
    assert pulled(archive, tmp_path / "store", again=True)[1]
    assert archive.asked[FASTA] == 2


def test_a_broken_connection_is_gone_on_with(archive, tmp_path):
    whole = (archive.root / source_of("GRCh38").fasta.path).stat().st_size
    archive.breaks = [10**6, 9_000, 7_000]  # the transcripts come first, then the genome
    pulled(archive, tmp_path / "store")
    assert archive.froms == ["bytes=9000-", "bytes=16000-"]
    assert archive.sent[FASTA] == whole  # not a byte came twice


@pytest.mark.parametrize("fault", ["ranges", "tags", "lengths"])
def test_servers_that_know_less_are_served_too(archive, tmp_path, fault):
    setattr(archive, fault, False)
    archive.breaks = [10**6] if fault == "lengths" else [10**6, 9_000]
    assert pulled(archive, tmp_path / "store")[0].transcripts == 2


def test_a_file_that_changed_meanwhile_begins_anew(archive, tmp_path):
    part = tmp_path / "genome.part"
    url = f"{archive.base}/{source_of('GRCh38').fasta.path}"
    archive.breaks = [5_000]
    with pytest.raises(FetchError, match="run the same command again"):
        fetch(url, part, 10**7, patience=Patience(tries=1))
    assert part.stat().st_size == 5_000
    other = archive.root / source_of("GRCh38").fasta.path
    other.write_bytes(other.read_bytes()[::-1])
    fetch(url, part, 10**7, patience=HASTY)
    assert part.read_bytes() == other.read_bytes()
    assert not part.with_name("genome.part.json").exists()


def test_a_busy_server_is_waited_for(archive, tmp_path):
    archive.busy = 2
    assert pulled(archive, tmp_path / "store")[1]


def test_a_server_that_stays_busy_is_given_up(archive, tmp_path):
    archive.busy = 100
    with pytest.raises(FetchError, match="answers 503"):
        pulled(archive, tmp_path / "store")


@pytest.mark.parametrize("kind", ["flipped", "cut and summed", "page of the server", "unlisted"])
def test_what_comes_damaged_is_never_added(archive, tmp_path, kind):
    source = source_of("GRCh38")
    path, sums = archive.root / source.fasta.path, archive.root / source.fasta.checksums
    data = bytearray(path.read_bytes())
    if kind == "flipped":
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    elif kind == "cut and summed":  # the checksum agrees; the gzip file has no end
        path.write_bytes(data[:-4_000])
        size = path.stat().st_size
        sums.write_text(f"{bsd_sum(path)} {-(-size // 1024)} {path.name}\n")
    elif kind == "page of the server":
        sums.write_text("<html><body>Log in to the network</body></html>")
    else:
        sums.write_text("12345 77 Homo_sapiens.other.fa.gz\n")
    with pytest.raises(FetchError, match=r"again|another mirror"):
        pulled(archive, tmp_path / "store")
    assert references(tmp_path / "store") == ()
    assert not list((tmp_path / "store").glob(f"pulled/*/{FASTA}"))
    assert not list((tmp_path / "store").glob("pulled/*/*.part")) or kind == "page of the server"


def test_a_failed_pull_leaves_the_reference_of_before(archive, tmp_path):
    add_reference(*write(tmp_path), "GRCh38", tmp_path / "store")
    archive.busy = 100
    with pytest.raises(FetchError):
        pulled(archive, tmp_path / "store")
    (kept,) = references(tmp_path / "store")
    assert kept.gff3 == "small.gff3"
    assert open_reference("GRCh38", tmp_path / "store").sequence("1", 1, 5) == FORWARD[:5]


def test_a_moved_file_is_said_at_once(archive, tmp_path):
    (archive.root / source_of("GRCh38").fasta.path).unlink()
    with pytest.raises(FetchError, match=r"404.*name a mirror of the same layout with --from"):
        pulled(archive, tmp_path / "store")
    assert archive.asked[FASTA] == 1


def test_no_network_is_said_with_the_way_out(tmp_path):
    with pytest.raises(FetchError, match=r"no connection.*network"):
        pull_reference("GRCh38", tmp_path, "http://127.0.0.1:9", patience=HASTY)


def test_a_silent_server_is_not_waited_for_for_ever(archive, tmp_path):
    archive.slow = 0.5
    began = time.monotonic()
    with pytest.raises(FetchError, match="fell silent"):
        fetch(
            f"{archive.base}/{source_of('GRCh38').fasta.path}",
            tmp_path / "x",
            10**7,
            patience=Patience(seconds=0.05, tries=1),
        )
    assert time.monotonic() - began < 2


def test_more_than_it_can_be_is_not_taken(archive, tmp_path):
    url = f"{archive.base}/{source_of('GRCh38').fasta.path}"
    for archive.lengths in (True, False):
        with pytest.raises(FetchError, match="more than it can be"):
            fetch(url, tmp_path / f"x{archive.lengths}", 10_000, patience=HASTY)
        assert not (tmp_path / f"x{archive.lengths}").exists() or not archive.lengths


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://127.0.0.1/x", "https://127.0.0.1/x"]
)
def test_no_way_leads_to_another_scheme(archive, tmp_path, where):
    archive.redirect = where
    with pytest.raises(FetchError, match=r"not followed|Redirection .* not allowed"):
        pulled(archive, tmp_path / "store")


def test_addresses_that_are_taken():
    for url in ("https://ftp.ensembl.org/pub", "http://localhost:8000", "http://[::1]/pub"):
        assert checked_address(url) == url
    assert checked_address("http://mirror.example/pub", plain_http=True)
    for url in ("http://mirror.example/pub", "ftp://ftp.ensembl.org", "ensembl.org", "file:///x"):
        with pytest.raises(FetchError):
            checked_address(url)
    with pytest.raises(FetchError, match="password") as told:
        checked_address("https://me:secret@mirror.example/pub")
    assert "secret" not in str(told.value)


def test_a_small_disk_is_refused_before_anything_comes(archive, tmp_path, monkeypatch):
    Usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 10**6))
    with pytest.raises(FetchError, match=r"1 MB free, about 200 MB needed; make room"):
        pulled(archive, tmp_path / "store")
    assert not archive.asked


def test_a_disk_that_fills_up_is_said(archive, tmp_path, monkeypatch):
    real = Path.open

    def full(self, mode="r", *rest, **named):
        if self.name.endswith(".part") and mode != "r":
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(FetchError, match="disk is full"):
        pulled(archive, tmp_path / "store")


def test_two_runs_at_once_do_not_meet(archive, tmp_path):
    def second(what, done, total):
        with pytest.raises(FetchError, match="another run"):
            pulled(archive, tmp_path / "store")

    pulled(archive, tmp_path / "store", watcher=second)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_stopped_is_gone_on_with(archive, tmp_path, how):
    archive.slow = 0.05
    env = {**os.environ, "ONKOS_REFERENCES": str(tmp_path / "store")}
    start = "from onkos.cli import main; main()"
    command = [sys.executable, "-c", start, "reference", "pull", "--from", archive.base]
    run = subprocess.Popen(command, env=env, stderr=subprocess.PIPE)
    parts = tmp_path / "store" / "pulled"
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = list(parts.glob(f"*/{FASTA}.part"))
        if found and found[0].stat().st_size > 8_000:
            break
        time.sleep(0.01)
    run.send_signal(how)
    _, said = run.communicate()
    if how is signal.SIGINT:
        assert b"the same command goes on where it broke off" in said
        assert run.returncode == 130
    assert references(tmp_path / "store") == ()
    (part,) = parts.glob(f"*/{FASTA}.part")
    have = part.stat().st_size
    assert have > 8_000
    archive.slow = 0.0
    assert pulled(archive, tmp_path / "store")[0].transcripts == 2
    assert archive.froms == [f"bytes={have}-"]


def test_the_command_says_what_it_did(archive, tmp_path):
    env = {"ONKOS_REFERENCES": str(tmp_path / "store"), "ONKOS_REFERENCE_MIRROR": archive.base}
    done = CliRunner().invoke(main, ["reference", "pull"], env=env)
    assert done.exit_code == 0, done.output
    assert "GRCh38: 2 transcripts (2 MANE Select)" in done.output
    assert f"checking {FASTA}" in done.output
    done = CliRunner().invoke(main, ["reference", "pull", "grch38"], env=env)
    assert "there already" in done.output
    done = CliRunner().invoke(main, ["reference", "pull", "mm10"], env=env)
    assert (done.exit_code, "GRCh38 or GRCh37" in done.output) == (2, True)
    done = CliRunner().invoke(main, ["reference", "pull", "--again", "--from", "ftp://x"], env=env)
    assert (done.exit_code, "https://" in done.output) == (15, True)


def test_both_assemblies_have_addresses():
    for assembly in ("GRCh38", "grch37"):
        source = source_of(assembly)
        assert source.base.startswith("https://")
        assert source.assembly in source.fasta.path
        assert source.fasta.checksums.rpartition("/")[0] == source.fasta.path.rpartition("/")[0]
    with pytest.raises(UsageError):
        source_of("T2T")


def test_sums_of_real_archives_are_read():
    ensembl = (
        "53639 66172 Homo_sapiens.GRCh38.dna.chromosome.1.fa.gz\n"
        "01267 860559 Homo_sapiens.GRCh38.dna.primary_assembly.fa.gz\n"
        "63029     1 README\n"
    )
    read = read_checksums(ensembl, "CHECKSUMS")
    assert read[FASTA] == Sum(kind="bsd", value="1267", blocks=860559)
    assert read["README"].blocks == 1
    md5 = "d41d8cd98f00b204e9800998ecf8427e"
    ncbi = f"{md5}  ./GCF_000001405.40_GRCh38.p14_genomic.gff.gz\n"
    assert read_checksums(ncbi, "md5")["GCF_000001405.40_GRCh38.p14_genomic.gff.gz"].value == md5
    bsd_style = f"MD5 (hg38.fa.gz) = {md5.upper()}\n"
    assert read_checksums(bsd_style, "md5")["hg38.fa.gz"] == Sum(kind="md5", value=md5)
    binary = f"{'ab' * 32} *genes.gff3.gz\n"
    assert read_checksums(binary, "s")["genes.gff3.gz"].kind == "sha256"
    for wrong in ("<html>", "99999 1 a.gz", "abc def", "MD5 (a) = 12"):
        with pytest.raises(FetchError, match="not a checksum"):
            read_checksums(wrong, "CHECKSUMS")


@pytest.mark.skipif(shutil.which("sum") is None, reason="no sum of coreutils here")
@pytest.mark.parametrize("size", [0, 1, 1024, 100_001])
def test_the_sum_of_bsd_is_that_of_coreutils(tmp_path, size):
    import random

    path = tmp_path / "x"
    path.write_bytes(random.Random(size).randbytes(size))
    said = subprocess.run(["sum", path], capture_output=True, text=True, check=True).stdout.split()
    one = Sum(kind="bsd", value=str(int(said[0])), blocks=int(said[1]))
    assert agrees(path, one)
    assert not agrees(path, Sum(kind="bsd", value=one.value, blocks=one.blocks + 1))
