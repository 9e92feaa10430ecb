"""The page templates: everything that is filled in is escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


class Templates:
    """Renders pages by name."""

    def __init__(self, environment: Environment) -> None:
        """Use an environment that escapes."""
        self._environment = environment

    def render(self, name: str, **facts: object) -> str:
        """Fill a page with facts; one that is missing is an error, no blank."""
        return self._environment.get_template(name).render(**facts)


def make_templates() -> Templates:
    """Open the templates that ship with the code."""
    return Templates(
        Environment(
            loader=PackageLoader("ooms.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    )
