using System.Diagnostics;
using RagStudio.Data.PostgreSql.Testing;

// Runs a server until the input of this program ends, or the program dies; prints the connection string of the server
// and the folder of its data. "measure" prints instead what a test pays for a server and a database.
if (args is ["measure"])
{
    await MeasureAsync("initdb and start", StartAsync);
    for (var i = 0; i < 5; i++)
    {
        await MeasureAsync("start of a copy, and end", StartAsync);
    }
    var shared = await ServersOfTheRun.SharedAsync();
    for (var i = 0; i < 10; i++)
    {
        await MeasureAsync(
            "database, and its end",
            async () => await (await shared.CreateDatabaseAsync()).DisposeAsync()
        );
    }
}
else
{
    var server = await ServersOfTheRun.SharedAsync();
    Console.WriteLine(server.ConnectionString);
    Console.WriteLine(server.DataFolder);
    _ = await Console.In.ReadToEndAsync();
}
await ServersOfTheRun.EndAsync();

static async Task StartAsync() => await (await PostgresServer.StartAsync()).DisposeAsync();

static async Task MeasureAsync(string what, Func<Task> action)
{
    var clock = Stopwatch.StartNew();
    await action();
    Console.WriteLine($"{what}: {clock.ElapsedMilliseconds} ms");
}
