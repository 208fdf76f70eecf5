"""The library of pictures as the editors see it: where each is used, what it lacks, how much it takes."""
