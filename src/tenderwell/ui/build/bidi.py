"""Turns a left-to-right stylesheet into one that serves both directions. Pure.

Physical properties become logical ones, so one file works for dir=ltr and dir=rtl. Rules of components that we
never use are left out, and so are the fonts and marks that belong to another government.
"""

import re
from collections.abc import Iterable, Iterator

import tinycss2
from tinycss2 import ast

SIDES = {"left": "inline-start", "right": "inline-end"}
ALIGNMENT = {"left": "start", "right": "end"}
FOUR_SIDES = ("top", "inline-end", "bottom", "inline-start")
SHORTHANDS = ("margin", "padding", "border-width", "border-color", "border-style")
# A tick drawn with borders must look the same in both directions.
KEEP_PHYSICAL = re.compile(r"checkboxes__label:{1,2}after")
UNUSED = re.compile(r"^\.govuk-(header|exit-this-page|cookie-banner|footer__(crown|copyright-logo|licence)|feedback)")
FOREIGN_FONT = re.compile(r"GDS Transport,arial,sans-serif")
Declarations = list[tuple[str, str]]


def to_logical(css: str, *, font: str = "var(--font)") -> str:
    """The stylesheet with logical properties and `font` in place of its font stack."""
    return FOREIGN_FONT.sub(font, _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def compact(css: str) -> str:
    """The stylesheet without comments and needless blanks."""
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    text = "".join(node.serialize() for node in nodes)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};,>])\s*", r"\1", text).replace(";}", "}")


def _serialize(tokens: Iterable[ast.Node]) -> str:
    return str(tinycss2.serialize(list(tokens))).strip()


def _values(tokens: Iterable[ast.Node]) -> list[str]:
    """The parts of a shorthand value."""
    parts: list[list[ast.Node]] = [[]]
    for token in tokens:
        if isinstance(token, ast.WhitespaceToken):
            parts.append([])
        else:
            parts[-1].append(token)
    return [_serialize(part) for part in parts if part]


def _logical(declaration: ast.Declaration) -> Declarations:
    """One declaration as logical ones."""
    name, value = declaration.lower_name, _serialize(declaration.value)
    important = "!important" if declaration.important else ""
    if name.startswith("--"):
        return [(declaration.name, value + important)]
    if spacing := re.fullmatch(r"(margin|padding)-(left|right)", name):
        return [(f"{spacing[1]}-{SIDES[spacing[2]]}", value + important)]
    if border := re.fullmatch(r"border-(left|right)(-\w+)?", name):
        return [(f"border-{SIDES[border[1]]}{border[2] or ''}", value + important)]
    if name in SIDES:
        return [(f"inset-{SIDES[name]}", value + important)]
    if name in ("float", "clear") and value in SIDES:
        # Browsers that do not know the logical value keep the physical one before it.
        return [(name, value + important), (name, SIDES[value] + important)]
    if name == "text-align" and value in ALIGNMENT:
        return [(name, ALIGNMENT[value] + important)]
    if name in SHORTHANDS:
        return _shorthand(name, parts=_values(declaration.value), important=important)
    return [(name, value + important)]


def _shorthand(name: str, *, parts: list[str], important: str) -> Declarations:
    """A shorthand; as four properties when its left and right differ."""
    if len(parts) != 4 or parts[1] == parts[3]:
        return [(name, " ".join(parts) + important)]
    stem, _, tail = name.partition("-")
    ending = f"-{tail}" if tail else ""
    return [(f"{stem}-{side}{ending}", part + important) for side, part in zip(FOUR_SIDES, parts, strict=True)]


def _body(selector: str, content: Iterable[ast.Node]) -> str:
    """The declarations of one rule."""
    found: Declarations = []
    for node in tinycss2.parse_declaration_list(list(content), skip_comments=True, skip_whitespace=True):
        if not isinstance(node, ast.Declaration) or node.lower_name.startswith(("-webkit-font", "-moz-osx")):
            continue
        if KEEP_PHYSICAL.search(selector) and node.lower_name == "border-width":
            found.append((node.lower_name, _serialize(node.value)))
        else:
            found += _logical(node)
    return ";".join(f"{name}:{value}" for name, value in found)


def _rule(rule: ast.QualifiedRule) -> str:
    selector = _serialize(rule.prelude)
    kept = [part for part in re.split(r",(?![^()]*\))", selector) if not UNUSED.match(part.strip())]
    body = _body(selector, rule.content) if kept else ""
    return f"{','.join(kept)}{{{body}}}" if body else ""


def _at_rule(rule: ast.AtRule) -> str:
    prelude = _serialize(rule.prelude)
    is_for_explorer = "\\0" in prelude or ("-ms-high-contrast" in prelude and "forced" not in prelude)
    if rule.content is None or rule.lower_at_keyword == "font-face" or is_for_explorer:
        return ""
    if rule.lower_at_keyword not in ("media", "supports", "layer"):
        return str(tinycss2.serialize([rule]))
    inner = _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
    return f"@{rule.lower_at_keyword} {prelude}{{{inner}}}" if inner else ""


def _pieces(nodes: Iterable[ast.Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.QualifiedRule):
            yield _rule(node)
        elif isinstance(node, ast.AtRule):
            yield _at_rule(node)


def _rules(nodes: Iterable[ast.Node]) -> str:
    return "".join(_pieces(nodes))
