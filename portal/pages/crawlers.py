"""What `/robots.txt` asks of programs that read the portal."""

from portal.preferences.models import Preferences

_PERSONAL = ("/konto/", "/redaktion/", "/auswertung/")
# Programs that collect texts to train language models or to answer from them, by the names their makers publish.
AI_CRAWLERS = (
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-ai",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "ImagesiftBot",
    "Meta-ExternalAgent",
    "omgili",
    "PerplexityBot",
    "Timpibot",
)


def rules_for(preferences: Preferences, *, base: str) -> str:
    """The file: nothing for anybody, or everything public, for AI crawlers only where the editors want it."""
    if not preferences.search_engines:
        return "User-agent: *\nDisallow: /\n"
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _PERSONAL)]
    if not preferences.ai_crawlers:
        lines += ["", *(f"User-agent: {name}" for name in AI_CRAWLERS), "Disallow: /"]
    return "\n".join([*lines, "", f"Sitemap: {base}/sitemap.xml", ""])
