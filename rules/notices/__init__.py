"""What stands against a unit and what the next step would be: notices and bulletins in, a suggestion out."""
