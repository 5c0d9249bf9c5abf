"""Faults of Windows drivers."""
