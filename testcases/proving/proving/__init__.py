"""The proving ground: seeded faults, checkers side by side, scores."""
