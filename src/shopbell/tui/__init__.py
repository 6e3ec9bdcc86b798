"""The terminal screens. They ask services and show answers; they must never decide."""
