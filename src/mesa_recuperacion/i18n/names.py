"""Names that are the same in every language."""

from __future__ import annotations

PRODUCT = "Mesa de Recuperación"
LANGUAGES = {"es": "español", "en": "English"}
"""Each language as those who speak it call it."""
