"""考核赋分: from rules that the bureau declares and what units did to points with each deduction."""
