"""Snapshots of others' knowledge are whole, dated, and never lost."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from onkos.errors import KnowledgeError
from onkos.sources.knowledge.store import (
    add_snapshot,
    current,
    kept_files,
    object_path,
    remove,
    rollback,
    snapshot,
    snapshots,
    use,
)

MAY, JUNE = date(2026, 5, 29), date(2026, 6, 30)
ADD = """
import sys
from datetime import date
from pathlib import Path
from onkos.sources.knowledge.store import add_snapshot
store, file, first, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
print("ready", flush=True)
for day in range(first, first + count):
    file.write_bytes(bytes([day % 250]) * 300_000)
    add_snapshot("civic", [file], date.fromordinal(730_000 + day), "CC0", store)
"""


@pytest.fixture
def file(tmp_path):
    def written(text: str, name: str = "evidence.tsv") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return written


def texts(page, store):
    with kept_files(page, store) as files:
        return {path.name: path.read_text() for path in files}


def test_several_versions_are_kept_side_by_side(file, tmp_path):
    store = tmp_path / "store"
    may = add_snapshot("civic", [file("may")], MAY, "CC0", store)
    june = add_snapshot("civic", [file("june")], JUNE, "CC0", store)
    assert snapshots(store) == (may, june)
    assert current("civic", store) == june == snapshot("civic", store)
    assert texts(snapshot("civic@2026-05-29", store), store) == {"evidence.tsv": "may"}
    assert texts(june, store) == {"evidence.tsv": "june"}


def test_the_same_again_changes_nothing_and_other_content_of_the_day_is_refused(file, tmp_path):
    store = tmp_path / "store"
    add_snapshot("civic", [file("may")], MAY, "CC0", store)
    assert add_snapshot("civic", [file("may")], MAY, "CC0", store) == snapshot("civic", store)
    with pytest.raises(KnowledgeError, match=r"kept already.*knowledge remove civic@2026-05-29"):
        add_snapshot("civic", [file("other")], MAY, "CC0", store)
    assert texts(snapshot("civic", store), store) == {"evidence.tsv": "may"}


def test_the_page_of_a_newer_onkos_is_never_written_over(file, tmp_path):
    """Nor are its files swept away with another snapshot."""
    store = tmp_path / "store"
    may = add_snapshot("civic", [file("may")], MAY, "CC0", store)
    add_snapshot("civic", [file("june")], JUNE, "CC0", store)
    page = store / "civic" / f"{MAY}.json"
    newer = page.read_text().replace('"format": 1', '"format": 99')
    page.write_text(newer)
    with pytest.raises(KnowledgeError, match=r"newer onkos.*nothing was replaced"):
        add_snapshot("civic", [file("other")], MAY, "CC0", store)
    with pytest.raises(KnowledgeError, match=r"civic@2026-05-29 cannot be read"):
        snapshot(may.name, store)
    remove("civic@2026-06-30", store)
    assert page.read_text() == newer
    assert object_path(store, may.sha256).read_text() == "may"


def test_an_edition_of_the_built_in_knowledge_is_read_only_where_it_is_named(file, tmp_path):
    store = tmp_path / "store"
    for text, day in (("may", MAY), ("june", JUNE)):
        add_snapshot("onkos", [file(text)], day, "ours", store)
    for way, name in ((use, "onkos@2026-05-29"), (use, "onkos"), (rollback, "onkos")):
        with pytest.raises(KnowledgeError, match=r"--knowledge onkos@"):
            way(name, store)
    remove("onkos@2026-06-30", store)
    assert [page.name for page in snapshots(store)] == ["onkos@2026-05-29"]


def test_the_one_in_use_names_another_to_use_before_it_is_removed(file, tmp_path):
    store = tmp_path / "store"
    for text, day in (("june", JUNE), ("may", MAY)):
        add_snapshot("civic", [file(text)], day, "CC0", store)
    with pytest.raises(KnowledgeError, match=r"onkos knowledge use civic@2026-06-30"):
        remove("civic@2026-05-29", store)
    use("civic@2026-06-30", store)
    assert remove("civic@2026-05-29", store).on == MAY


def test_one_goes_back_and_forth(file, tmp_path):
    store = tmp_path / "store"
    for text, day in (("may", MAY), ("june", JUNE)):
        add_snapshot("civic", [file(text)], day, "CC0", store)
    assert rollback("civic", store).on == MAY == current("civic", store).on
    with pytest.raises(KnowledgeError, match="oldest"):
        rollback("civic", store)
    assert use("civic@2026-06-30", store).on == JUNE == current("civic", store).on


def test_what_is_not_kept_is_named_with_what_is(file, tmp_path):
    store = tmp_path / "store"
    add_snapshot("civic", [file("may")], MAY, "CC0", store)
    for name in ("civic@2020-01-01", "oncokb", "../civic@2026-05-29", ""):
        with pytest.raises(KnowledgeError, match=r"kept: civic@2026-05-29"):
            snapshot(name, store)


@pytest.mark.parametrize(
    ("name", "text"),
    [("current", "not a day\n"), ("2026-05-29.json", "{}"), ("2026-05-29.json", "")],
)
def test_a_source_in_use_is_never_left_out_in_silence(file, tmp_path, name, text):
    """A report without it would look like one to which it had nothing to say."""
    store = tmp_path / "store"
    add_snapshot("civic", [file("may")], MAY, "CC0", store)
    (store / "civic" / name).write_text(text)
    with pytest.raises(KnowledgeError, match="onkos knowledge use civic@DATE"):
        current("civic", store)
    assert current("cgi", store) is None


def test_removal_leaves_files_that_others_hold(file, tmp_path):
    store = tmp_path / "store"
    shared, own = file("both", "genes.tsv"), file("may")
    may = add_snapshot("civic", [shared, own], MAY, "CC0", store)
    june = add_snapshot("civic", [shared, file("june")], JUNE, "CC0", store)
    with pytest.raises(KnowledgeError, match="in use"):
        remove(june.name, store)
    remove(may.name, store)
    assert texts(june, store) == {"genes.tsv": "both", "evidence.tsv": "june"}
    gone = next(f.sha256 for f in may.files if f.name == "evidence.tsv")
    assert not object_path(store, gone).exists()
    remove(june.name, store)
    assert snapshots(store) == ()
    assert current("civic", store) is None


def test_a_damaged_file_is_never_read(file, tmp_path):
    store = tmp_path / "store"
    page = add_snapshot("civic", [file("may")], MAY, "CC0", store)
    object_path(store, page.files[0].sha256).write_text("mai")
    with pytest.raises(KnowledgeError, match="gone or damaged"), kept_files(page, store):
        pass


def test_a_full_disk_is_a_clear_error(file, tmp_path, monkeypatch):
    """The system's own call fails as it does when no block is left."""
    store = tmp_path / "store"
    add_snapshot("civic", [file("may")], MAY, "CC0", store)

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnowledgeError, match=r"the disk is full.*free some space"):
        add_snapshot("civic", [file("june")], JUNE, "CC0", store)
    monkeypatch.undo()
    assert [page.on for page in snapshots(store)] == [MAY]
    assert texts(snapshot("civic", store), store) == {"evidence.tsv": "may"}
    assert not list(store.glob("**/.making-*"))


def test_a_disk_that_is_really_full(tmp_path):
    """A file system of 64 kB, where one can be mounted."""
    script = tmp_path / "add.py"
    script.write_text(ADD)
    command = (
        f"mount -t tmpfs -o size=64k none {tmp_path / 'small'} && "
        f"{sys.executable} {script} {tmp_path / 'small'} {tmp_path / 'big'} 1 1"
    )
    (tmp_path / "small").mkdir()
    try:
        done = subprocess.run(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", command],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if "ready" not in done.stdout:
        pytest.skip("nothing can be mounted here")
    assert "the disk is full" in done.stderr.strip().splitlines()[-1]


def start(store, file, first, count):
    """A process of its own that adds `count` snapshots, and is gone without a trace of tests."""
    child = os.fork()
    if child:
        return child
    try:
        for day in range(first, first + count):
            file.write_bytes(bytes([day % 250]) * 300_000)
            add_snapshot("civic", [file], date.fromordinal(730_000 + day), "CC0", store)
    except BaseException:  # noqa: BLE001  the parent sees it by the exit status
        os._exit(1)
    os._exit(0)


def whole(store):
    """Every snapshot that can be seen is whole, and so is the one that is read."""
    now = current("civic", store)
    pages = snapshots(store)
    for page in pages:
        with kept_files(page, store):
            pass
    assert now is None or now in pages
    return pages


def test_no_snapshot_is_lost_or_half_seen_when_a_writer_is_killed(tmp_path):
    """Fifty writers, each killed at a moment of chance; what was there before stays."""
    store, chance = tmp_path / "store", random.Random(20261121)
    seen: set[str] = set()
    for number in range(50):
        child = start(store, tmp_path / "file", number * 100, 100)
        time.sleep(chance.uniform(0, 0.04))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        names = {page.name for page in whole(store)}
        assert seen <= names
        seen = names
    assert seen
    add_snapshot("civic", [tmp_path / "file"], MAY, "CC0", store)
    assert not list(store.glob("**/.making-*"))


def test_two_writers_at_once_lose_nothing(tmp_path):
    store = tmp_path / "store"
    writers = [start(store, tmp_path / f"file{n}", n * 100, 20) for n in range(2)]
    ended = dict.fromkeys(writers)
    while None in ended.values():
        whole(store)
        for child in [c for c, status in ended.items() if status is None]:
            done, status = os.waitpid(child, os.WNOHANG)
            ended[child] = status if done else None
    assert set(ended.values()) == {0}
    assert len(whole(store)) == 40


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read every folder")
@pytest.mark.parametrize("part", ["", "civic"])
def test_a_folder_that_may_not_be_read_is_told(file, tmp_path, monkeypatch, part):
    store = tmp_path / "store"
    monkeypatch.setenv("ONKOS_KNOWLEDGE", str(store))
    add_snapshot("civic", [file("may")], MAY, "CC0", store)
    (store / part).chmod(0)
    try:
        with pytest.raises(KnowledgeError, match="may not be read"):
            snapshots()
    finally:
        (store / part).chmod(0o700)
