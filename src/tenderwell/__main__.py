"""`python -m tenderwell`: the same as the launcher at the root of the repository."""

import sys

from tenderwell.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
