"""Texts that are for people because of where they stand: a field's title, a reason to refuse, a command's first line.

They need no mark: the rules stay pure, the record keeps the English, and a page or the API asks for the translation.
"""

import ast
from collections.abc import Iterator

# Function or class: the places of its texts, by position and by name.
PLACES: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "Field": ((), ("title", "description")),
    "ConfigDict": ((), ("title",)),
    "Reason": ((1,), ("text",)),
    "Finding": ((1,), ("text",)),
    "refuse": ((1,), ("text",)),
    "Procedure": ((), ("title",)),
    "Stage": ((2,), ()),
    "GuidelineStep": ((2, 3), ()),
    "Evidence": ((0,), ()),
}
Named = dict[str, list[ast.expr]]


def placed_texts(source: str) -> Iterator[str]:
    """Every text of a Python file that stands in such a place, in the file's order."""
    tree = ast.parse(source)
    found = [text for call, names in calls(tree) for text in texts_of_call(call, names)]
    yield from found
    yield from (line for node in ast.walk(tree) if (line := title_of_command(node)))


def unreadable_reasons(source: str) -> list[int]:
    """The lines of reasons whose text cannot be told from the file, so that nobody would translate it."""
    reasons = ((call, names) for call, names in calls(ast.parse(source)) if name_of(call) == "Reason")
    return [call.lineno for call, names in reasons if not list(texts_of_call(call, names))]


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, Named]]:
    """Each call to one of PLACES, with what the names mean that are used around it.

    Only where the name stands alone: `parts.Reason` is a page's, and translated already.
    """
    everywhere = named(tree.body)
    for statement in tree.body:
        inside = everywhere | named(list(ast.walk(statement)))
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACES:
                yield node, inside


def texts_of_call(call: ast.Call, names: Named) -> Iterator[str]:
    positions, words = PLACES[name_of(call)]
    given = [call.args[place] for place in positions if place < len(call.args)]
    given += [each.value for each in call.keywords if each.arg in words]
    for value in given:
        yield from constants(value, names)


def constants(value: ast.expr, names: Named) -> Iterator[str]:
    """The texts that the expression can be: itself, either side of an if, what its name or its table stands for."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from (text for side in (value.body, value.orelse) for text in constants(side, names))
    elif isinstance(value, ast.Name):
        yield from (text for each in names.get(value.id, ()) for text in constants(each, {**names, value.id: []}))
    elif isinstance(value, ast.Subscript):
        yield from constants(value.value, names)
    elif isinstance(value, ast.Dict):
        yield from (text for each in value.values for text in constants(each, names))
    elif isinstance(value, ast.Call) and name_of(value) in ("_", "gettext_noop"):
        yield from constants(value.args[0], names)


def named(nodes: "list[ast.stmt] | list[ast.AST]") -> Named:
    """What is assigned to each name among the nodes."""
    found: Named = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=False)
                    for name, value in pairs:
                        if isinstance(name, ast.Name):
                            found.setdefault(name.id, []).append(value)
    return found


def name_of(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def title_of_command(node: ast.AST) -> str:
    """The first line of a command's docstring, which pages and the API show as its title; "" for anything else."""
    if not isinstance(node, ast.FunctionDef):
        return ""
    marks = (each for each in node.decorator_list if isinstance(each, ast.Call))
    is_command = any(name_of(each) == "command" for each in marks)
    return (ast.get_docstring(node) or "").split("\n")[0].rstrip(".") if is_command else ""
