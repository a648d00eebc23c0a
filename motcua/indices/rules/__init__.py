"""The index engine, without database and clock: definitions, exact scores, ranks, statistics, uncertainty."""
