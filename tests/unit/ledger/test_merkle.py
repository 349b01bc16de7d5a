from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.errors import ProofError
from goodstanding.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    frontier_of,
    inclusion_proof,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

# The leaves and roots that implementations of Certificate Transparency hold themselves against.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
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


def naive(leaves: Sequence[bytes]) -> bytes:
    """MTH(D[n]) as RFC 6962 §2.1 writes it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:split]) + naive(leaves[split:])).digest()


class Tree:
    """A tree with its complete nodes kept."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.leaves = leaves
        self.kept: dict[tuple[int, int], bytes] = {}
        self.frontier = Frontier()
        for leaf in leaves:
            self.frontier, nodes = self.frontier.append(leaf_hash(leaf))
            for node in nodes:
                assert (node.level, node.index) not in self.kept
                self.kept[node.level, node.index] = node.hash

    def node(self, level: int, index: int) -> bytes:
        """A complete node."""
        return self.kept[level, index]


def numbered(size: int) -> Tree:
    """A tree of numbered leaves."""
    return Tree([b"%d" % number for number in range(size)])


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_known_roots_come_out(size: int) -> None:
    assert Tree(LEAVES[:size]).frontier.root.hex() == ROOTS[size] == naive(LEAVES[:size]).hex()


def test_the_known_paths_come_out() -> None:
    tree = Tree(LEAVES)
    path = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [step.hex() for step in inclusion_proof(0, 8, tree.node)] == path
    proof = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [step.hex() for step in consistency_proof(6, 8, tree.node)] == proof


@given(st.integers(0, 200))
def test_the_root_is_that_of_the_definition_and_only_complete_nodes_are_kept(size: int) -> None:
    tree = numbered(size)
    assert tree.frontier.root == naive(tree.leaves)
    assert frontier_of(size, tree.node) == tree.frontier
    assert set(tree.kept) == {(level, i) for level in range(size.bit_length()) for i in range(size >> level)}
    assert tree.frontier.root == (EMPTY_ROOT if size == 0 else tree.frontier.root)


def test_every_inclusion_proof_of_every_small_tree_verifies_for_its_own_place_only() -> None:
    tree = numbered(33)
    for size in range(1, 34):
        root = naive(tree.leaves[:size])
        for index in range(size):
            proof = inclusion_proof(index, size, tree.node)
            leaf = leaf_hash(tree.leaves[index])
            verify_inclusion(leaf, index, size, proof, root)
            for wrong in {*range(-1, size + 2)} - {index}:
                with pytest.raises(ProofError):
                    verify_inclusion(leaf, wrong, size, proof, root)
            for other in (proof[:-1] if proof else (leaf,), (*proof, leaf)):
                with pytest.raises(ProofError):
                    verify_inclusion(leaf, index, size, other, root)


def test_every_consistency_proof_of_every_small_tree_verifies_for_its_own_sizes_only() -> None:
    tree = numbered(20)
    roots = [naive(tree.leaves[:size]) for size in range(21)]
    for new in range(21):
        for old in range(new + 1):
            proof = consistency_proof(old, new, tree.node)
            verify_consistency(old, new, roots[old], roots[new], proof)
            for bad in ((*proof, roots[1]), proof[:-1] if proof else (roots[2],)):
                with pytest.raises(ProofError, match="not a beginning"):
                    verify_consistency(old, new, roots[old], roots[new], bad)
            for first, second in ((b"x" * 32, roots[new]), (roots[old], b"x" * 32)):
                if old == 0 and new > 0 and first == EMPTY_ROOT:
                    continue  # nothing is a beginning of everything
                with pytest.raises(ProofError):
                    verify_consistency(old, new, first, second, proof)


def test_growth_without_a_proof_is_not_believed() -> None:
    tree = numbered(7)
    with pytest.raises(ProofError):
        verify_consistency(6, 7, naive(tree.leaves[:6]), tree.frontier.root, ())


def test_a_tree_does_not_shrink_and_has_no_leaf_outside() -> None:
    tree = numbered(4)
    with pytest.raises(ProofError):
        verify_consistency(4, 3, EMPTY_ROOT, EMPTY_ROOT, ())
    with pytest.raises(ValueError, match="no beginning"):
        consistency_proof(4, 3, tree.node)
    with pytest.raises(ValueError, match="no leaf 4"):
        inclusion_proof(4, 4, tree.node)


@given(st.integers(2, 300), st.data())
def test_a_changed_step_of_a_proof_is_refused(size: int, data: st.DataObject) -> None:
    tree = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    proof = list(inclusion_proof(index, size, tree.node))
    proof[data.draw(st.integers(0, len(proof) - 1))] = b"x" * 32
    with pytest.raises(ProofError):
        verify_inclusion(leaf_hash(tree.leaves[index]), index, size, proof, tree.frontier.root)


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert node_hash(left, right) != leaf_hash(left + right)
