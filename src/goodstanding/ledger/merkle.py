"""The Merkle tree of RFC 6962 §2.1: hashes, roots, proofs and their verification.

A node is named by (level, index): it covers the leaves from `index · 2^level` up to `(index + 1) · 2^level`. Only
complete nodes are ever stored; they never change again. How they are looked up is for the caller. Upholds P8.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from goodstanding.errors import ProofError

Nodes: TypeAlias = Callable[[int, int], bytes]
"""Looks up the hash of a complete node by level and index."""

EMPTY_ROOT = hashlib.sha256(b"").digest()


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A complete node; level 0 are the leaf hashes."""

    level: int
    index: int
    hash: bytes


class Frontier(msgspec.Struct, frozen=True, kw_only=True):
    """All that appending needs: the size, and the largest complete nodes from left to right."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """The Merkle Tree Hash of everything appended so far."""
        if not self.peaks:
            return EMPTY_ROOT
        *left, root = self.peaks
        for peak in reversed(left):
            root = node_hash(peak, root)
        return root

    def append(self, leaf: bytes) -> tuple[Frontier, tuple[Node, ...]]:
        """Take one more leaf hash; give the grown frontier and the nodes that became complete, leaf first."""
        peaks, level, index, top = list(self.peaks), 0, self.size, leaf
        nodes = [Node(level=0, index=index, hash=leaf)]
        while index & 1:
            top = node_hash(peaks.pop(), top)
            level, index = level + 1, index >> 1
            nodes.append(Node(level=level, index=index, hash=top))
        return Frontier(size=self.size + 1, peaks=(*peaks, top)), tuple(nodes)


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(1 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def frontier_of(size: int, nodes: Nodes) -> Frontier:
    """The frontier of a tree whose complete nodes are stored."""
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    return Frontier(size=size, peaks=tuple(nodes(level, (size >> level) - 1) for level in levels))


def inclusion_proof(index: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The audit path of a leaf, from its sibling up (RFC 6962 §2.1.1).

    Raises:
        ValueError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        msg = f"a tree of {size} leaves has no leaf {index}"
        raise ValueError(msg)
    return tuple(_path(index, 0, size, nodes))


def consistency_proof(old: int, new: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The proof that the tree of `old` leaves is a beginning of the tree of `new` (RFC 6962 §2.1.2).

    Raises:
        ValueError: `old` is larger than `new`.
    """
    if not 0 <= old <= new:
        msg = f"a tree of {old} leaves is no beginning of one of {new}"
        raise ValueError(msg)
    return () if old in (0, new) else tuple(_subproof(old, 0, new, nodes, whole=True))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check an audit path (RFC 9162 §2.1.3.2).

    Raises:
        ProofError: the leaf is not at that place of a tree with that root.
    """
    reached, position, last = leaf, index, size - 1
    whole = 0 <= index < size
    for sibling in proof:
        whole = whole and last > 0
        if position & 1 or position == last:
            reached = node_hash(sibling, reached)
            position, last = _past_right_edge(position, last)
        else:
            reached = node_hash(reached, sibling)
        position, last = position >> 1, last >> 1
    if not whole or last != 0 or reached != root:
        msg = f"the inclusion proof does not lead from entry {index} to the root of the {size} entries"
        raise ProofError(msg)


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that a tree only grew (RFC 9162 §2.1.4.2).

    Raises:
        ProofError: the old tree is not a beginning of the new one.
    """
    if not _consistent(old, new, old_root, new_root, proof):
        msg = f"the tree of {old} entries is not a beginning of the tree of {new}"
        raise ProofError(msg)


def _consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof leads to both roots."""
    if not 0 <= old <= new:
        return False
    if old in (0, new):
        return not proof and old_root == (new_root if old == new else EMPTY_ROOT)
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            position, last = _past_right_edge(position, last)
        else:
            second = node_hash(second, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _past_right_edge(position: int, last: int) -> tuple[int, int]:
    """Climb the levels at which an incomplete node has no sibling."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _path(index: int, start: int, stop: int, nodes: Nodes) -> list[bytes]:
    """PATH(m, D[n]) over the leaves from `start` to `stop`."""
    if stop - start == 1:
        return []
    middle = start + _split(stop - start)
    if index < middle:
        return [*_path(index, start, middle, nodes), _tree_hash(middle, stop, nodes)]
    return [*_path(index, middle, stop, nodes), _tree_hash(start, middle, nodes)]


def _subproof(old: int, start: int, stop: int, nodes: Nodes, *, whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b) over the leaves from `start` to `stop`; `old` counts from the first leaf of the tree."""
    if old == stop:
        return [] if whole else [_tree_hash(start, stop, nodes)]
    middle = start + _split(stop - start)
    if old <= middle:
        return [*_subproof(old, start, middle, nodes, whole=whole), _tree_hash(middle, stop, nodes)]
    return [*_subproof(old, middle, stop, nodes, whole=False), _tree_hash(start, middle, nodes)]


def _tree_hash(start: int, stop: int, nodes: Nodes) -> bytes:
    """MTH(D[start:stop]); every split leaves `start` a multiple of the power of two that covers the width."""
    width = stop - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _split(width)
    return node_hash(_tree_hash(start, middle, nodes), _tree_hash(middle, stop, nodes))


def _split(width: int) -> int:
    """The largest power of two below the width."""
    return 1 << ((width - 1).bit_length() - 1)
