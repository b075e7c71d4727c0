"""The tree against the definition, known values, and proofs that were tampered with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger import tree
from tenderwell.ledger.tests.logs import definition, hashes_over, numbered
from tenderwell.ledger.tree import BadProof

# The eight entries and roots that Certificate Transparency implementations test with.
KNOWN = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
KNOWN.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
sizes = st.integers(1, 70)


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int) -> None:
    assert tree.root(size, hashes=hashes_over(KNOWN)).hex() == ROOTS[size]


@given(sizes, st.data())
def test_a_tree_known_in_part_has_the_root_of_the_whole(size: int, data: st.DataObject) -> None:
    entries, known = numbered(size), data.draw(st.integers(0, size))
    tail = [tree.leaf_hash(entry) for entry in entries[known:]]
    read = tree.followed_by(tail, hashes=hashes_over(entries[:known]), size=known)
    assert tree.root(size, hashes=read) == definition(entries)


@given(sizes, st.data())
def test_every_leaf_is_shown_to_be_in_the_tree(size: int, data: st.DataObject) -> None:
    entries, index = numbered(size), data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(index, size, hashes=hashes_over(entries))
    leaf = tree.leaf_hash(entries[index])
    tree.check_inclusion(leaf, index=index, size=size, root=definition(entries), proof=proof)


@given(sizes, st.data())
def test_a_leaf_is_not_shown_elsewhere(size: int, data: st.DataObject) -> None:
    entries, index = numbered(size), data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-1, size).filter(lambda place: place != index))
    proof = tree.inclusion_proof(index, size, hashes=hashes_over(entries))
    with pytest.raises(BadProof):
        tree.check_inclusion(
            tree.leaf_hash(entries[index]), index=other, size=size, root=definition(entries), proof=proof
        )


@given(sizes, st.data())
def test_an_inclusion_proof_that_was_tampered_with_is_refused(size: int, data: st.DataObject) -> None:
    entries, index = numbered(size), data.draw(st.integers(0, size - 1))
    proof = data.draw(tampered(tree.inclusion_proof(index, size, hashes=hashes_over(entries))))
    with pytest.raises(BadProof):
        tree.check_inclusion(
            tree.leaf_hash(entries[index]), index=index, size=size, root=definition(entries), proof=proof
        )


@given(st.integers(0, 70), st.data())
def test_every_older_tree_is_consistent(new: int, data: st.DataObject) -> None:
    entries, old = numbered(new), data.draw(st.integers(0, new))
    proof = tree.consistency_proof(old, new, hashes=hashes_over(entries))
    roots = definition(entries[:old]), definition(entries)
    tree.check_consistency(old=old, old_root=roots[0], new=new, new_root=roots[1], proof=proof)


@given(sizes, st.data())
def test_a_consistency_proof_that_was_tampered_with_is_refused(new: int, data: st.DataObject) -> None:
    entries, old = numbered(new), data.draw(st.integers(0, new))
    proof = data.draw(tampered(tree.consistency_proof(old, new, hashes=hashes_over(entries))))
    roots = definition(entries[:old]), definition(entries)
    with pytest.raises(BadProof):
        tree.check_consistency(old=old, old_root=roots[0], new=new, new_root=roots[1], proof=proof)


@given(sizes, st.data())
def test_a_rewritten_history_is_not_consistent(new: int, data: st.DataObject) -> None:
    entries, old = numbered(new), data.draw(st.integers(1, new))
    rewritten = [*entries]
    rewritten[data.draw(st.integers(0, old - 1))] = b"another"
    proof = tree.consistency_proof(old, new, hashes=hashes_over(rewritten))
    roots = definition(entries[:old]), definition(rewritten)
    with pytest.raises(BadProof):
        tree.check_consistency(old=old, old_root=roots[0], new=new, new_root=roots[1], proof=proof)


@pytest.mark.parametrize(("old", "new"), [(3, 2), (-1, 2)])
def test_a_tree_does_not_shrink(old: int, new: int) -> None:
    with pytest.raises(BadProof):
        tree.check_consistency(old=old, old_root=bytes(32), new=new, new_root=bytes(32), proof=[])
    with pytest.raises(IndexError):
        tree.consistency_proof(old, new, hashes=hashes_over([]))


def test_an_empty_tree_has_one_root() -> None:
    with pytest.raises(BadProof):
        tree.check_consistency(old=0, old_root=bytes(32), new=2, new_root=bytes(32), proof=[])


@st.composite
def tampered(draw: st.DrawFn, proof: list[bytes]) -> list[bytes]:
    """One hash changed, added or left out."""
    place = draw(st.integers(0, len(proof)))
    changes = [[*proof[:place], bytes(32), *proof[place:]]]
    if place < len(proof):
        changes.append([*proof[:place], bytes(32), *proof[place + 1 :]])
        changes.append([*proof[:place], *proof[place + 1 :]])
    return draw(st.sampled_from(changes))
