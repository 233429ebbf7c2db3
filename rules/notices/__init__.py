"""What stands against a unit and what the next step would be: from notices and bulletins to a suggestion."""
