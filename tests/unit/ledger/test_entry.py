from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.errors import ProofError, SealError
from goodstanding.kernel.canonical import Json, canonical
from goodstanding.kernel.digests import Digest, digest_of
from goodstanding.ledger.armour import encoded
from goodstanding.ledger.checkpoint import sign_checkpoint
from goodstanding.ledger.entry import as_read, entry_bytes, open_document, read_entry, seal
from goodstanding.ledger.merkle import Frontier, inclusion_proof, leaf_hash
from goodstanding.ledger.model import Draft, Entry, Kind, Receipt
from goodstanding.ledger.notes import signer_of
from goodstanding.ledger.receipt import FORMAT, read_receipt, receipt_bytes, verify_receipt

KEY, NONCE, SALT, SECRET = b"k" * 32, b"n" * 12, b"s" * 16, b"z" * 32
AT = datetime(2024, 8, 31, 10, 30, tzinfo=UTC)
DOCUMENT: dict[str, Json] = {"story": "why — and since when", "n": 2**53 - 1}
DRAFT = Draft(kind=Kind.STATEMENT_ISSUED, subject="own-1", clear={"r": ["rst-1"]}, document=DOCUMENT, case="C01")
SIGNER = signer_of("desk.example/log", b"\x01" * 32)
VKEY = SIGNER.verifier.vkey

texts = st.text(st.characters(codec="utf-8"))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(texts, json_values, max_size=4)


def sealed(draft: Draft = DRAFT, at: datetime = AT, key: bytes = KEY) -> Entry:
    """The draft as an entry."""
    return seal(draft, at=at, actor="per-1", key=key, nonce=NONCE, salt=SALT, secret_salt=SECRET)


@given(documents, documents)
def test_what_is_folded_now_is_what_is_read_back(clear: dict[str, Json], document: dict[str, Json]) -> None:
    draft = as_read(Draft(kind=Kind.CASE_OPENED, subject="own-1", clear=clear, document=document))
    entry = sealed(draft)
    assert read_entry(entry_bytes(entry)) == entry
    assert open_document(entry, KEY) == (draft.document, SECRET)
    assert canonical(draft.document) == canonical(document)


def test_tuples_become_lists_before_they_count() -> None:
    draft = msgspec.structs.replace(DRAFT, clear=msgspec.to_builtins({"r": [1]}) | {"t": (1, 2)})
    assert as_read(draft).clear == {"r": [1], "t": [1, 2]}


def test_a_time_is_written_in_utc_to_the_microsecond() -> None:
    local = datetime(2024, 8, 31, 12, 30, 0, 25, tzinfo=timezone(timedelta(hours=2)))
    assert msgspec.json.decode(entry_bytes(sealed(at=local)))["at"] == "2024-08-31T10:30:00.000025Z"
    with pytest.raises(ValueError, match="no zone"):
        sealed(at=datetime(2024, 8, 31))  # noqa: DTZ001  a naive time is what is refused


def test_the_document_does_not_show_in_the_entry() -> None:
    raw = entry_bytes(sealed())
    assert b"since when" not in raw
    assert msgspec.json.decode(raw)["commits"] != digest_of(DOCUMENT)


@pytest.mark.parametrize("name", ["key", "nonce", "salt", "secret_salt"])
def test_a_key_or_salt_of_another_length_seals_nothing(name: str) -> None:
    parts = {"key": KEY, "nonce": NONCE, "salt": SALT, "secret_salt": SECRET}
    parts[name] += b"x"
    with pytest.raises(ValueError, match="wrong length"):
        seal(DRAFT, at=AT, actor="per-1", **parts)


@pytest.mark.parametrize(
    "changed",
    [
        {"actor": "per-2"},
        {"kind": Kind.HOLD_PLACED},
        {"at": AT + timedelta(seconds=1)},
        {"case": "C02"},
        {"subject": "own-2"},
        {"clear": {}},
        {"salt": encoded(b"t" * 16)},
        {"commits": Digest("sha256:" + "0" * 64)},
        {"v": 2},
    ],
)
def test_a_sealed_document_cannot_be_moved_to_another_entry(changed: dict[str, object]) -> None:
    with pytest.raises(SealError, match="does not open"):
        open_document(msgspec.structs.replace(sealed(), **changed), KEY)


def test_another_key_opens_nothing() -> None:
    for key in (b"x" * 32, b""):
        with pytest.raises(SealError, match="`own-1` does not open"):
            open_document(sealed(), key)


@pytest.mark.parametrize("story", [b'{"story": "another"}', b'{"n":1.5}', b"no json", b"[1]", b'{"n":"\xff"}'])
def test_whoever_seals_another_story_than_is_committed_to_is_found_out(story: bytes) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  only the liar needs it

    entry = sealed()
    bound = {**msgspec.json.decode(entry_bytes(entry))}
    del bound["sealed"]
    lie = AESGCM(KEY).encrypt(NONCE, SECRET + story, canonical(bound))
    with pytest.raises(SealError, match="two stories"):
        open_document(msgspec.structs.replace(entry, sealed=encoded(NONCE + lie)), KEY)


def rewritten(**changes: object) -> bytes:
    """The entry's JSON with some fields changed, otherwise as it is written."""
    fields = {**msgspec.json.decode(entry_bytes(sealed())), **changes}
    return msgspec.json.encode(dict(sorted(fields.items())))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "not an entry"),
        (b"\xff", "not an entry"),
        (b"[" * 100_000, "not an entry"),
        (b'{"v":1}', "not an entry"),
        (rewritten(v=2), "use a newer goodstanding"),
        (rewritten(kind="case.imagined"), "not an entry"),
        (rewritten(extra=1), "not an entry"),
        (rewritten(at="yesterday"), "not an entry"),
        (rewritten(at="2024-08-31T12:30:00+02:00"), "canonical form"),
        (rewritten(commits="sha256:0"), "not a digest"),
        (rewritten(salt="c3M="), "wrong length"),
        (rewritten(sealed="c3M="), "wrong length"),
        (rewritten(salt="c3Nzc3Nzc3Nzc3Nzc3Nzcx=="), "not written as base64"),
        (rewritten(clear={"spent": 1.5}), "not an entry"),
        (rewritten(clear={"n": 2**53}), "not an entry"),
        (entry_bytes(sealed()) + b"\n", "canonical form"),
        (entry_bytes(sealed()).replace(b'"actor"', b' "actor"'), "canonical form"),
        (entry_bytes(sealed()).replace(b'{"actor"', b'{"actor":"per-0","actor"'), "canonical form"),
    ],
)
def test_what_the_desk_would_not_write_is_not_read(raw: bytes, message: str) -> None:
    with pytest.raises(ProofError, match=message):
        read_entry(raw)


def receipted(count: int = 5, index: int = 3) -> Receipt:
    """The receipt of one of several entries."""
    entries = [entry_bytes(sealed(at=AT + timedelta(days=n))) for n in range(count)]
    frontier = Frontier()
    kept: dict[tuple[int, int], bytes] = {}
    for raw in entries:
        frontier, nodes = frontier.append(leaf_hash(raw))
        kept |= {(node.level, node.index): node.hash for node in nodes}
    return Receipt(
        entry=encoded(entries[index]),
        secret_salt=encoded(SECRET),
        index=index,
        proof=tuple(encoded(step) for step in inclusion_proof(index, count, lambda level, place: kept[level, place])),
        checkpoint=sign_checkpoint(count, frontier.root, SIGNER),
    )


def test_a_receipt_proves_the_entry_its_place_and_that_the_time_is_the_operators_claim() -> None:
    verified = verify_receipt(read_receipt(receipt_bytes(receipted())), DOCUMENT, VKEY)
    assert verified.entry == sealed(at=AT + timedelta(days=3))
    assert (verified.index, verified.tree_size, verified.time_claimed_by) == (3, 5, "operator")


OTHER_KEY = signer_of("desk.example/log", b"\x02" * 32)


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({"entry": "!"}, "format: a part"),
        ({"entry": encoded(b"{}")}, "format: the bytes are not an entry"),
        ({"secret_salt": encoded(b"y" * 32)}, "commitment: the entry commits to another"),
        ({"secret_salt": encoded(b"y")}, "commitment: the entry commits to another"),
        ({"index": 2}, "inclusion: "),
        ({"proof": ()}, "inclusion: "),
        ({"entry": encoded(entry_bytes(sealed(at=AT)))}, "inclusion: "),
        ({"checkpoint": "no note"}, "checkpoint: the format"),
        ({"checkpoint": sign_checkpoint(5, b"r" * 32, SIGNER)}, "inclusion: "),
        ({"checkpoint": sign_checkpoint(5, b"r" * 32, OTHER_KEY)}, "checkpoint: the signature"),
    ],
)
def test_a_receipt_that_does_not_hold_says_which_check_failed(changes: dict[str, object], failed: str) -> None:
    with pytest.raises(ProofError, match=f"^{failed}"):
        verify_receipt(msgspec.structs.replace(receipted(), **changes), DOCUMENT, VKEY)


def test_a_changed_document_fails_the_commitment() -> None:
    for document in ({**DOCUMENT, "n": 1}, msgspec.json.decode(b'{"n":1.5}')):
        with pytest.raises(ProofError, match=r"^commitment: "):
            verify_receipt(receipted(), document, VKEY)


def test_a_file_that_is_no_receipt_is_refused() -> None:
    newer = receipt_bytes(receipted()).replace(FORMAT.encode(), b"goodstanding-receipt@9")
    for raw, message in ((b"", "not a receipt"), (b"{}", "not a receipt"), (newer, "newer")):
        with pytest.raises(ProofError, match=f"^format: .*{message}"):
            read_receipt(raw)
