"""Units that change (机构改革): who they were on a day, who answers for whom, and what is owed with that."""
