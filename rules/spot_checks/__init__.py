"""Spot checks (抽查): draws that a stranger can make again, sizes, results, estimates. Source: supervision.md 2."""
