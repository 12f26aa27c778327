using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.PostgreSql.CrashHost;

// Usage: RELEASE CONNECTION_STRING [CONNECTION_STRING], or restore FOLDER BACKUP CONNECTION_STRING CONNECTION_STRING.
// Prints "ready", then the result: exit code 0, or 1 with the state of the data.
var services = new ServiceCollection();
string[]? restore = args is ["restore", var folder, var id, ..] ? [folder, id] : null;
var (release, connectionStrings) = restore is null ? (args[0], args[1..]) : (HostRelease.Old, args[3..]);
HostRelease.Add(
    services.AddMigrator(options =>
    {
        options.BackupDirectory = restore?[0];
        options.RehearseBeforeMigrate =
            release == HostRelease.Rehearsed ? RehearsalPolicy.Always : RehearsalPolicy.WhenDestructive;
        // It comes through a proxy, at another address than the set was made from.
        options.RestoreSetsOfOtherDatabases = restore is not null;
    }),
    release,
    connectionStrings
);
await using var provider = services.BuildServiceProvider();
var manager = provider.GetRequiredService<IMigrationManager>();
Console.WriteLine("ready");
try
{
    _ = restore is null ? (object)await manager.MigrateAsync() : await manager.RestoreAsync(restore[1]);
    Console.WriteLine(restore is null ? "migrated" : "restored");
    return 0;
}
catch (MigrationException failure)
{
    Console.WriteLine($"{failure.DataState}: {failure}");
    return 1;
}
