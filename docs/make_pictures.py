"""Make the pictures of the manual again: the demo report at desktop and phone width.

Needs Chromium (Debian: ``apt-get install chromium``) and a report from ``make demo``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "out" / "demo.html"
SIZES = {"report.png": (1280, 1500), "report-phone.png": (390, 1500)}
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
)  # fmt: skip


def main() -> None:
    """Render every size."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser or not REPORT.exists():
        sys.exit("needs chromium on the path and out/demo.html (run `make demo` first)")
    (HERE / "pictures").mkdir(exist_ok=True)
    for name, (width, height) in SIZES.items():
        with tempfile.TemporaryDirectory() as profile:
            target = HERE / "pictures" / name
            command = [browser, *FLAGS, f"--user-data-dir={profile}", f"--screenshot={target}",
                       f"--window-size={width},{height}", REPORT.as_uri()]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            print(target.relative_to(HERE.parent))


if __name__ == "__main__":
    main()
