// Each test has a database, and waits for its server, a program or a time limit half of the time.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(5)]
