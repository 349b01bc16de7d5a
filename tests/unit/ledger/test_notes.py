from __future__ import annotations

import pytest

from goodstanding.errors import ProofError
from goodstanding.ledger.armour import decoded, encoded
from goodstanding.ledger.checkpoint import Checkpoint, read_checkpoint, sign_checkpoint
from goodstanding.ledger.merkle import EMPTY_ROOT
from goodstanding.ledger.notes import open_note, read_vkey, sign_note, signer_of

SIGNER = signer_of("desk.example/log", b"\x01" * 32)
STRANGER = signer_of("other.example/log", b"\x02" * 32)
ROOT = b"\x05" * 32

# The example of C2SP's `signed-note`.
KNOWN_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
KNOWN_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def test_the_known_note_opens_with_the_known_key() -> None:
    verifier = read_vkey(KNOWN_VKEY)
    assert verifier.vkey == KNOWN_VKEY
    assert open_note(KNOWN_NOTE, verifier) == "This is an example message.\n"


def test_a_signed_note_opens_with_the_public_key_as_text() -> None:
    note = sign_note("first\n\nsecond\n", SIGNER)
    assert open_note(note, read_vkey(SIGNER.verifier.vkey + "\n")) == "first\n\nsecond\n"


def test_signatures_of_others_are_passed_over() -> None:
    note = sign_note("text\n", STRANGER) + sign_note("text\n", SIGNER).split("\n\n")[1]
    assert open_note(note, SIGNER.verifier) == "text\n"
    assert open_note(note + "— third.example QQ==\n", SIGNER.verifier) == "text\n"


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— a b",
        "text\n\nno dash QUJD\n",
        "te\txt\n\n— desk.example/log QUJD\n",
        "text\n\n" + "— a QUJD\n" * 65,
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(ProofError, match="format"):
        open_note(note, SIGNER.verifier)


def test_a_note_that_only_others_signed_is_refused() -> None:
    odd = "text\n\n— desk.example/log {}\n"
    for note in (sign_note("text\n", STRANGER), odd.format("A"), odd.format("QR==")):
        with pytest.raises(ProofError, match="signed by other keys"):
            open_note(note, SIGNER.verifier)


def test_a_changed_text_or_signature_is_refused() -> None:
    note = sign_note("text\n", SIGNER)
    with pytest.raises(ProofError, match="does not verify"):
        open_note(note.replace("text", "test"), SIGNER.verifier)
    short = f"text\n\n— {SIGNER.name} {encoded(SIGNER.verifier.key_id + b'x')}\n"
    with pytest.raises(ProofError, match="does not verify"):
        open_note(short, SIGNER.verifier)
    with pytest.raises(ProofError, match="does not verify"):
        open_note(note.replace("text", "\ud800"), SIGNER.verifier)


def test_no_bit_of_a_note_is_without_meaning() -> None:
    note = sign_checkpoint(3, ROOT, SIGNER).encode()
    for bit in range(8 * len(note)):
        changed = bytearray(note)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ProofError):
            read_checkpoint(changed.decode("utf-8", "replace"), SIGNER.verifier)


@pytest.mark.parametrize("text", ["", "no newline", "a\x07\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="newline"):
        sign_note(text, SIGNER)


@pytest.mark.parametrize("name", ["", "a b", "a+b"])
def test_a_key_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="can't name a key"):
        signer_of(name, b"\x01" * 32)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/foo",
        "example.com/foo+530d903a+!",
        "example.com/foo+530d903a+AQ==",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(ProofError, match="public key"):
        read_vkey(text)


def test_a_checkpoint_says_origin_size_and_root() -> None:
    note = sign_checkpoint(7, ROOT, SIGNER)
    assert note.split("\n")[:3] == ["desk.example/log", "7", encoded(ROOT)]
    assert read_checkpoint(note, SIGNER.verifier) == Checkpoint(origin="desk.example/log", size=7, root=ROOT)


def test_lines_after_the_third_are_passed_over() -> None:
    note = sign_note(f"desk.example/log\n0\n{encoded(EMPTY_ROOT)}\nmore\n", SIGNER)
    assert read_checkpoint(note, SIGNER.verifier).size == 0


@pytest.mark.parametrize(
    "text",
    [
        "desk.example/log\n",
        "desk.example/log\n7\n!\n",
        f"desk.example/log\n07\n{encoded(ROOT)}\n",
        f"desk.example/log\n-1\n{encoded(ROOT)}\n",
        "desk.example/log\n7\nQUJD\n",
        f"desk.example/log\n7\n{encoded(ROOT)}\n\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ProofError, match="format"):
        read_checkpoint(sign_note(text, SIGNER), SIGNER.verifier)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    with pytest.raises(ProofError, match=r"is of `elsewhere.example`"):
        read_checkpoint(sign_note(f"elsewhere.example\n7\n{encoded(ROOT)}\n", SIGNER), SIGNER.verifier)


def test_base64_has_one_spelling() -> None:
    assert decoded(encoded(b"\x00\xff")) == b"\x00\xff"
    for text in ("AP9=", "AP8", "AP8=\n", "é"):
        with pytest.raises(ValueError, match=r".+"):
            decoded(text)
