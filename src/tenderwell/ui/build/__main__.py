"""``python -m tenderwell.ui.build``: fetch the npm packages and write build/static and build/fonts."""

import gzip
import sys
import time

from tenderwell.ui.build.assets import STATIC, build
from tenderwell.ui.build.npm import NpmFailed


def main() -> int:
    """Build everything, print what was made and its size as sent over the wire."""
    begin = time.perf_counter()
    try:
        build(say=print)
    except NpmFailed as missing:
        print(missing, file=sys.stderr)
        return 1
    for file in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        body = file.read_bytes()
        wire = len(gzip.compress(body, 9))
        print(f"{file.relative_to(STATIC)!s:48}{len(body) / 1024:8.1f} KB{wire / 1024:8.1f} KB gz")
    print(f"Assets built in {time.perf_counter() - begin:.1f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
