"""Restrictions that are older than the desk, as a file in YAML or JSON (promise P1).

The format, whole: a list of entries such as ::

    - account: "@kaspersky"             # a handle or a key
      capabilities: [advertise]         # of the vocabulary
      imposed_on: 2018-01-31
      source: letter of an unnamed employee
      wording: none                     # the original words, or `none`
      restate_by: 2018-05-01            # restated in full or lifted by then
      scope: {territories: [US], topics: all, audiences: all}   # all of each where it is not said

It leaves to the use case whether anything may still be imported after cut-over.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
import yaml

from goodstanding.app.case_file_parts import Part, items, names_of, parse, read_names, refuse
from goodstanding.clause.marked_yaml import MarkedYaml
from goodstanding.kernel.extents import Extent
from goodstanding.kernel.instants import Period
from goodstanding.kernel.scope import Scope

if TYPE_CHECKING:
    from goodstanding.clause.vocabulary import Vocabulary

NO_WORDING = "none"
_REQUIRED = ("account", "capabilities", "imposed_on", "source", "wording", "restate_by")


class Inherited(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One restriction that was there before the desk; `account` is a key or a handle.

    `wording`: the original words, empty where none were given. `scope` begins when it was imposed and leaves the
    account to the caller, who knows it by its pseudonym.
    """

    account: str
    capabilities: tuple[str, ...]
    imposed_on: datetime
    source: str
    wording: str
    restate_by: datetime
    scope: Scope


def read_inherited(text: str, *, file: str, vocabulary: Vocabulary) -> tuple[Inherited, ...]:
    """Read a file of inherited restrictions.

    Raises:
        ImportFileError: anything is wrong with it; every problem is listed with its place.
    """
    document = MarkedYaml(file)
    root = parse(document, text)
    nodes = items(document, root, "the list of inherited restrictions") if root is not None else ()
    found = tuple(_inherited(document, node, vocabulary) for node in nodes)
    refuse(document)
    return found


def _inherited(document: MarkedYaml, node: yaml.Node, vocabulary: Vocabulary) -> Inherited:
    part = Part(document, node, "an inherited restriction", required=_REQUIRED, optional=("scope",))
    capabilities = _capabilities(part, vocabulary)
    imposed_on, restate_by = part.at("imposed_on"), part.at("restate_by")
    if {"imposed_on", "restate_by"} <= part.fields.keys() and restate_by <= imposed_on:
        document.problem(part.fields["restate_by"], "`restate_by` is not after `imposed_on`", "give a later date")
    wording = part.text("wording")
    return Inherited(
        account=part.text("account"),
        capabilities=capabilities,
        imposed_on=imposed_on,
        source=part.text("source"),
        wording="" if wording == NO_WORDING else wording,
        restate_by=restate_by,
        scope=_scope(part, capabilities, imposed_on, vocabulary),
    )


def _capabilities(part: Part, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The capabilities switched off, at least one."""
    if "capabilities" not in part.fields:
        return ()
    node = part.fields["capabilities"]
    if isinstance(node, yaml.SequenceNode) and not node.value:
        part.document.problem(node, "`capabilities` is empty", "name what is switched off")
    return read_names(part.document, node, "capability", names_of(vocabulary, "capability"))


def _scope(entry: Part, capabilities: tuple[str, ...], since: datetime, vocabulary: Vocabulary) -> Scope:
    """The box, all of each dimension where the file says nothing."""
    whole = Scope(capabilities=Extent.of(capabilities), period=Period(start=since))
    if "scope" not in entry.fields:
        return whole
    part = Part(
        entry.document,
        entry.fields["scope"],
        "`scope`",
        required=(),
        optional=("territories", "topics", "audiences"),
    )
    return msgspec.structs.replace(
        whole,
        territories=part.extent("territories", "territory", names_of(vocabulary, "territory")),
        topics=part.extent("topics", "topic", names_of(vocabulary, "topic")),
        audiences=part.extent("audiences", "audience", names_of(vocabulary, "audience")),
    )
