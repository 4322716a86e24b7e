"""Mesa de Recuperación: a keyboard-only desk for recovering a service that failed its customer."""

__version__ = "0.1.0"
