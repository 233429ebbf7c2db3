"""通报: drafted from figures, checked by the units named, co-signed, issued with a number, verified ever after."""
