"""How many real processes are lived again in a minute: python -m benchmarks.replay [FILE [processes]].

Each is some forty acts, with bids really sealed and opened. Runs in a database of its own with fsync on; the share of
the time that the program itself is busy says what a quicker disk could win at most.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.acts import prepare

SAMPLE = Path(__file__).parents[1] / "src/tenderwell/public/record/samples/dominican-republic.jsonl.gz"


def main(path: Path, limit: int) -> int:
    """Measure and print; returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="tenderwell-replay-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        os.environ["TENDERWELL_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tenderwell.settings"
        from tenderwell import database

        with database.running(database.cluster_at(Path(folder))):
            prepare()
            return measure(path, limit)


def measure(path: Path, limit: int) -> int:
    from tenderwell.core.models import ActRecord
    from tenderwell.workroom.replay.run import replay

    began = time.process_time()
    report = replay(path, limit=limit, progress=lambda done: None)
    busy = time.process_time() - began
    acts = ActRecord.objects.count()
    print(report.sentence())
    print(f"{report.processes * 60 / report.seconds:.0f} processes a minute, {acts / report.seconds:.0f} acts a second")
    print(f"{busy / report.seconds:.0%} of the time in the program, the rest waiting for the database")
    return 1 if report.crashed else 0


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(Path(given[0]) if given else SAMPLE, int(given[1]) if given[1:] else 40))
