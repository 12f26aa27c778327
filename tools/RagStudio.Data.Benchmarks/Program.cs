using RagStudio.Data.Benchmarks;

return args is [Child.Argument, ..] ? await Child.RunAsync(args) : await BenchmarkProgram.RunAsync(args);
