using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.PostgreSql.CrashHost;

// Usage: RELEASE CONNECTION_STRING [CONNECTION_STRING], or restore FOLDER BACKUP CONNECTION_STRING CONNECTION_STRING, or
// rollback VERSION CONNECTION_STRING, or prune CONNECTION_STRING.
// Or: copy FROM TO KILL_AT, which prints its points.
// Prints "ready", then the result: exit code 0, or 1 with the state of the data.
if (args is ["copy", var from, var to, var killAt])
{
    Console.WriteLine("ready");
    await CopyHost.RunAsync(from, to, killAt);
    return 0;
}
var services = new ServiceCollection();
string[]? restore = args is ["restore", var folder, var id, ..] ? [folder, id] : null;
var (release, connectionStrings) = args switch
{
    ["restore", ..] => (HostRelease.Old, args[3..]),
    ["rollback", ..] => (HostRelease.Gone, args[2..]),
    ["prune", ..] => (HostRelease.Gone, args[1..]),
    _ => (args[0], args[1..]),
};
HostRelease.Add(
    services.AddMigrator(options =>
    {
        options.AllowUnrepeatableStatements = true;
        options.BackupDirectory = restore?[0];
        options.AllowDestructive = release == HostRelease.Gone;
        options.BackupsToKeep = release == HostRelease.Gone ? 1 : options.BackupsToKeep;
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
    _ = args switch
    {
        ["restore", ..] => (object?)await manager.RestoreAsync(restore![1]),
        ["rollback", ..] => await manager.RollbackToVersionAsync(args[1]),
        ["prune", ..] => await manager.Backups.PruneAsync(),
        _ => await manager.MigrateAsync(),
    };
    Console.WriteLine(restore is null ? "migrated" : "restored");
    return 0;
}
catch (MigrationException failure)
{
    Console.WriteLine($"{failure.DataState}: {failure}");
    return 1;
}
