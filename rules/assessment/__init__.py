"""考核赋分: rules that the bureau declares and what units did in; points with each deduction out."""
