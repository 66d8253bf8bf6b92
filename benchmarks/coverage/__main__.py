"""What other lists hold and the built-in knowledge does not: ``python -m benchmarks.coverage``.

``--rows`` prints each row that is not found, ``--blood`` looks at blood cancers.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.coverage import approvals, triples, uncorroborated
from benchmarks.coverage.explained import explanations
from benchmarks.timing import SHARED
from onkos.sources.knowledge import builtin


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="store_true", help="print each row that is not found")
    parser.add_argument(
        "--blood", action="store_true", help="blood cancers instead of solid tumours"
    )
    given = parser.parse_args()
    if not (SHARED / "knowledge").is_dir():
        sys.exit(f"no data in {SHARED.name}")
    knowledge, known = builtin(), explanations()
    solid = not given.blood
    approvals.report(knowledge, known, given.rows, solid)
    for name, read in (("CIViC", triples.civic), ("CGI", triples.cgi)):
        print()
        triples.report(name, *read(knowledge, solid), knowledge, known, given.rows, solid)
    print()
    uncorroborated.report(knowledge, given.rows, solid)


if __name__ == "__main__":
    main()
