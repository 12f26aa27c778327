using RagStudio.Data.Benchmarks;

if (!BenchmarkOptions.TryParse(args, Scenarios.All.Select(scenario => scenario.Name), out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}
using var databases = new BenchmarkDatabases();
var results = await BenchmarkRun.ExecuteAsync(Scenarios.Chosen(options), databases, options);
Console.WriteLine(ResultTable.Of(results));
if (options.JsonFile is not null)
{
    await ResultJson.WriteAsync(results, options);
}
return 0;
