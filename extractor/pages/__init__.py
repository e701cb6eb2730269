"""The room ``pages``: what every page for people shares, so that each is one safe file that works offline.

A page is a template with styles, scripts and words of its own beside it. :func:`render` binds them, and
the data that the scripts work on, into one HTML file: nothing is fetched (a Content-Security-Policy forbids
it, and lets only the scripts and styles run that stand here), every value is escaped by the template
engine, and data for scripts cannot end its element. Words come in Vietnamese and English (``words.tsv``
here and beside the template).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from extractor.ground.trouble import Missing, Misuse
from extractor.pages import formats
from extractor.pages.embed import inline, policy, sealed, writable
from extractor.pages.trust import GRADES, grade
from extractor.pages.words import LANGS, Words

__all__ = ["GRADES", "LANGS", "Page", "Words", "grade", "render"]

_HERE = "extractor.pages"


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page: ``package`` holds its ``template`` (which extends ``base.html``), ``words.tsv``,
    ``styles`` and ``scripts`` (file names, in order; they follow those of every page).
    """

    package: str
    template: str
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def render(page: Page, lang: str, title: str, data: Any, **context: Any) -> str:
    """The page as one HTML text.

    ``data`` (JSON) is what its scripts get by ``K.data``, ``context`` what its template gets beside
    ``title``, ``t`` (a word by its key) and the filters of :mod:`~extractor.pages.formats`. Raises
    :class:`Misuse` for an unknown ``lang``, :class:`Missing` where Jinja2 is not installed,
    :class:`ValueError` for data that is no JSON and for values that the template misses.
    """
    if lang not in LANGS:
        raise Misuse(
            "bad_option", f"lang={lang!r} is unknown", f"Use one of {', '.join(LANGS)}.", stage="pages"
        )
    words = Words.of(lang, _HERE, page.package)
    styles = [inline(_HERE, "base.css"), *(inline(page.package, name) for name in page.styles)]
    scripts = [inline(_HERE, "base.js"), *(inline(page.package, name) for name in page.scripts)]
    environment, undefined = _environment(page.package, lang)
    try:
        html: str = environment.get_template(page.template).render(
            **context,
            title=title,
            policy=policy(styles, scripts),
            styles=styles,
            scripts=scripts,
            sealed=sealed({"lang": lang, "words": words.all, "data": data}),
        )
    except undefined as error:
        raise ValueError(f"the template misses a value: {error}") from error
    return writable(html)


@cache
def _environment(package: str, lang: str) -> tuple[Any, type[Exception]]:
    """Jinja's environment for a page, and what it raises for values that are not there.

    It is kept, and with it the compiled templates: compiling them takes ten times as long as filling them.
    """
    try:
        import jinja2
    except ImportError as error:
        raise Missing(
            "needs_jinja2", "Pages need Jinja2", "Install it: pip install 'kehoach[report]'.", stage="pages"
        ) from error
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(package, ""), jinja2.PackageLoader(_HERE, "")]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=Words.of(lang, _HERE, package), lang=lang, grade=grade)
    environment.filters.update(
        percent=lambda share: formats.percent(share, lang),
        count=lambda number: formats.count(number, lang),
        day=lambda date: formats.day(date, lang),
    )
    return environment, jinja2.UndefinedError
