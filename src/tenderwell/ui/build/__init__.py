"""Builds the static files of the user interface; run it with ``python -m tenderwell.ui.build``.

Nothing that the build produces is committed: npm packages are named with hashes in
package-lock.json, and the result lands in build/ at the root of the repository.
"""

from tenderwell.ui.build.assets import FONTS, ROOT, STATIC, build, is_fresh

__all__ = ["FONTS", "ROOT", "STATIC", "build", "is_fresh"]
