"""How servers give many items page by page: what is asked, and what an answer holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import msgspec

from onkos.errors import FetchError
from onkos.sources.connection import Question, Secret
from onkos.sources.knowledge.remote.addresses import RemoteFile
from onkos.sources.knowledge.remote.paths import at

_SAID = 200  # characters of a server's own message
_NOTHING = b'{"error": {"code": "NOT_FOUND"}}'


class Page(NamedTuple):
    """What one answer holds.

    Attributes
    ----------
    mark : str
        Of the next page; empty where this is the last.
    total : int or None
        Items of all pages, where the server says it.
    """

    items: list[Any]
    mark: str
    total: int | None


def question(
    file: RemoteFile, base: str, arguments: Mapping[str, str], mark: str, secret: Secret | None
) -> Question:
    """What is asked for one page."""
    url = f"{base}/{file.path}"
    if file.form == "graphql":
        variables: dict[str, Any] = {"first": file.size, "after": mark or None}
        body = msgspec.json.encode({"query": file.query, "variables": variables})
        return Question(url=url, body=body, secret=secret)
    told = {**file.arguments, **arguments, file.size_parameter: str(file.size)}
    if file.form == "skip":
        told["skip"] = mark or "0"
        none_is: bytes | None = _NOTHING
    else:
        none_is = None
        if mark:
            told[file.parameter] = mark
    return Question(url=f"{url}?{urlencode(told, quote_via=quote)}", secret=secret, none_is=none_is)


def page_of(file: RemoteFile, document: Any, mark: str) -> Page:
    """What an answer to `question` holds.

    Raises
    ------
    FetchError
        Where it is not what was asked for, with the server's own word.
    """
    if file.form == "graphql":
        return _graphql(file, document)
    if file.form == "skip" and at(document, "error.code") == "NOT_FOUND":
        return Page([], "", 0)
    items, total = at(document, file.items), at(document, file.total)
    if not isinstance(items, list):
        raise FetchError(f"{file.what}: the answer holds no {file.items}{_said(document)}")
    if file.form == "token":
        return Page(items, str(at(document, file.next) or ""), _count(total))
    done = int(mark or 0) + len(items)
    if not isinstance(total, int):
        raise FetchError(f"{file.what}: the answer does not say how many there are")
    return Page(items, str(done) if items and done < total else "", total)


def frame(file: RemoteFile, total: int, day: str) -> tuple[bytes, bytes]:
    """What stands before and after the items of a file that is kept, as the server frames them."""
    count = str(total).encode()
    if file.form == "graphql":
        names = file.items.split(".")
        opened = "".join(f'{{"{name}": ' for name in names).encode()
        return opened + b'{"totalCount": ' + count + b', "nodes": [\n', b"\n]}" + b"}" * len(names)
    head = b""
    if file.form == "skip":
        said = {"last_updated": day, "results": {"skip": 0, "limit": total, "total": total}}
        head = b'"meta": ' + msgspec.json.encode(said) + b", "
    return b"{" + head + f'"{file.items}": [\n'.encode(), b"\n]}"


def batches(file: RemoteFile, terms: Sequence[str]) -> list[dict[str, str]]:
    """Arguments of each search: one for all, or one for so many terms.

    Raises
    ------
    FetchError
        For a term that would be read as part of the search's own language.
    """
    if not file.each:
        return [{}]
    for term in terms:
        if not term.strip() or any(sign in term for sign in '"\\{}'):
            raise FetchError(f"{term!r} is no name of a {file.each}")
    found = []
    for start in range(0, len(terms), file.each_many):
        some = terms[start : start + file.each_many]
        search = file.join.join(file.each_query.replace("{}", term) for term in some)
        found.append({file.parameter: search})
    return found


def _graphql(file: RemoteFile, document: Any) -> Page:
    errors = at(document, "errors")
    found = at(document, file.items)
    nodes = at(found, "nodes")
    if errors or not isinstance(nodes, list):
        raise FetchError(f"{file.what}: the server could not answer{_said(document)}")
    more = at(found, "pageInfo.hasNextPage") is True
    mark = at(found, "pageInfo.endCursor") if more else ""
    if more and not (isinstance(mark, str) and mark):
        raise FetchError(f"{file.what}: the server says that there is more, and not where")
    return Page(nodes, str(mark), _count(at(found, "totalCount")))


def _said(document: Any) -> str:
    errors = at(document, "errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    said = at(first, "message") or at(document, "error.message") or ""
    return f": {' '.join(str(said).split())[:_SAID]}" if said else ""


def _count(total: Any) -> int | None:
    return total if isinstance(total, int) and not isinstance(total, bool) else None
