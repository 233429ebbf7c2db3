"""How a service guide is judged: readers of phones, addresses, hours and citations, and the engine that applies
rules.
"""
