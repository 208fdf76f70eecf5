"""Districts compared: several indicators side by side on one sheet of maps with the planner's own words, and districts
put into types by two of them. What a type means is said in words, and the planner names it: there is no score."""
