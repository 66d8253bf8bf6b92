"""Make the pictures of the manual again: the demo report and the pages of the knowledge.

Needs Chromium (Debian: ``apt-get install chromium``) and a report from ``make demo``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from onkos.cli.folder import write_pages
from onkos.report.site import pages
from onkos.sources.knowledge import builtin

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "out" / "demo.html"
EXAMPLE = HERE.parent / "examples" / "aml" / "case.toml"
PICTURES = {  # name: page, width, height
    "report.png": ("report", 1280, 1500),
    "report-phone.png": ("report", 390, 1500),
    "aml.png": ("aml", 1280, 2300),
    "knowledge.png": ("index.html?q=osimertinib t790m", 1280, 900),
    "knowledge-drug.png": ("drugs/osimertinib.html", 1280, 1300),
    "knowledge-phone.png": ("genes/RET.html", 390, 1300),
}
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
)  # fmt: skip


def main() -> None:
    """Render every picture."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser or not REPORT.exists():
        sys.exit("needs chromium on the path and out/demo.html (run `make demo` first)")
    (HERE / "pictures").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        site = Path(made) / "site"
        write_pages(pages(builtin()), site)
        blood = Path(made) / "aml.html"
        onkos = Path(sys.executable).with_name("onkos")
        subprocess.run([onkos, "report", EXAMPLE, "-o", blood], check=True, capture_output=True)
        written = {"report": REPORT.as_uri(), "aml": blood.as_uri()}
        for name, (page, width, height) in PICTURES.items():
            path, _, query = page.partition("?")
            address = written.get(page) or (site / path).as_uri()
            target = HERE / "pictures" / name
            command = [
                browser, *FLAGS, f"--user-data-dir={made}/{name}", f"--screenshot={target}",
                f"--window-size={width},{height}", f"{address}{'?' + query if query else ''}",
            ]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            print(target.relative_to(HERE.parent))


if __name__ == "__main__":
    main()
