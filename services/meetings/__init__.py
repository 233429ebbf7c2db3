"""Meetings of supervision: called, with a pack whose questions can be edited, and what units take on there; and the
calendar of rounds, meetings and due days.
"""
