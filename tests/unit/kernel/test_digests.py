from __future__ import annotations

from goodstanding.kernel.digests import digest_of, digest_of_bytes, digest_of_text, is_digest

ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_example_of_fips_180_4_gives_its_digest() -> None:
    assert digest_of_bytes(b"abc") == ABC
    assert digest_of_text("abc") == ABC


def test_a_document_s_digest_is_of_its_canonical_bytes() -> None:
    assert digest_of({"b": 1, "a": "ö"}) == digest_of_bytes('{"a":"ö","b":1}'.encode())


def test_only_the_written_shape_is_a_digest() -> None:
    assert is_digest(ABC)
    assert not is_digest(ABC.upper())
    assert not is_digest(ABC[:-1])
    assert not is_digest(ABC + "\n")
