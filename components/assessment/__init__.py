"""考核赋分 on screen."""
