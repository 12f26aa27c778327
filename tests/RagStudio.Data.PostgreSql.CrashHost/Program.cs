using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.PostgreSql.CrashHost;

// Usage: RELEASE CONNECTION_STRING [CONNECTION_STRING]. Prints "ready", then the result: exit code 0, or 1 with the state
// of the data.
var services = new ServiceCollection();
HostRelease.Add(services.AddMigrator(), args[0], args[1..]);
await using var provider = services.BuildServiceProvider();
var manager = provider.GetRequiredService<IMigrationManager>();
Console.WriteLine("ready");
try
{
    _ = await manager.MigrateAsync();
    Console.WriteLine("migrated");
    return 0;
}
catch (MigrationException failure)
{
    Console.WriteLine($"{failure.DataState}: {failure}");
    return 1;
}
