"""Puts the static files together: stylesheets for both directions, fonts, scripts, the sealing client, catalogues."""

import shutil
from collections.abc import Callable
from pathlib import Path

from tenderwell.ui.build.bidi import compact, to_logical
from tenderwell.ui.build.catalogues import compile_catalogues
from tenderwell.ui.build.fonts import write_print_fonts, write_web_fonts
from tenderwell.ui.build.npm import install
from tenderwell.ui.build.sealing import SOURCES, write_sealing

UI = Path(__file__).resolve().parent.parent
PACKAGE = UI.parent
ROOT = PACKAGE.parent.parent
STATIC = ROOT / "build" / "static"
FONTS = ROOT / "build" / "fonts"
STYLES = UI / "styles"
Say = Callable[[str], object]


def build(*, say: Say) -> None:
    """Write build/static, build/fonts and the .mo files; `say` is told each step."""
    say("Fetching the front-end packages.")
    install(ROOT)
    modules = ROOT / "node_modules"
    for folder in ("css", "js"):
        (STATIC / folder).mkdir(parents=True, exist_ok=True)
    say("Writing stylesheets and scripts.")
    write_styles(modules / "govuk-frontend" / "dist" / "govuk")
    say("Bundling the sealing client.")
    write_sealing(modules, into=STATIC / "sealing", library=ROOT / "build" / "sealing" / "library.mjs")
    say("Cutting fonts.")
    write_fonts(modules / "@fontsource-variable")
    say(f"Compiled {compile_catalogues(PACKAGE)} translation catalogues.")


def write_styles(govuk: Path) -> None:
    """base.css and the script of govuk-frontend, and app.css from our own sources."""
    base = (govuk / "govuk-frontend.min.css").read_text("utf-8")
    (STATIC / "css" / "base.css").write_text(to_logical(base), "utf-8")
    script = (govuk / "govuk-frontend.min.js").read_text("utf-8")
    (STATIC / "js" / "govuk-frontend.min.js").write_text(script.split("//# sourceMappingURL")[0], "utf-8")
    own = "\n".join(source.read_text("utf-8") for source in sorted(STYLES.glob("*.css")))
    (STATIC / "css" / "app.css").write_text(compact(own), "utf-8")


def write_fonts(source: Path) -> None:
    """The web fonts and the print fonts; cut again only when their package or our lists changed."""
    made = [STATIC / "fonts" / "noto-sans-arabic.woff2", FONTS / "TenderwellSansArabic-Bold.ttf"]
    causes = [ROOT / "package-lock.json", UI / "build" / "fonts.py"]
    if _newest(causes) < min((file.stat().st_mtime if file.exists() else 0.0) for file in made):
        return
    for folder in (STATIC / "fonts", FONTS):
        shutil.rmtree(folder, ignore_errors=True)
    write_web_fonts(source, into=STATIC / "fonts")
    write_print_fonts(source, into=FONTS)


def is_fresh() -> bool:
    """Whether the built files are there and newer than all they are made from."""
    made = STATIC / "sealing" / "release.json"
    causes = [ROOT / "package-lock.json", *STYLES.glob("*.css"), *(UI / "build").glob("*.py"), *SOURCES.iterdir()]
    causes += PACKAGE.rglob("LC_MESSAGES/*.po")
    return made.exists() and _newest(causes) <= made.stat().st_mtime and (STATIC / "fonts").exists()


def _newest(files: list[Path]) -> float:
    return max(file.stat().st_mtime for file in files)
