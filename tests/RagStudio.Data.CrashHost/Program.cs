using RagStudio.Data.CrashHost;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

// Usage: soak [--kills N] [--seed N]; start FOLDER POLICY, an application that starts and stops; guarded FOLDER KILL_AT, EF's MigrateAsync; order FOLDER CULTURE; layout FOLDER COMMAND KILL_AT, RAG Studio's split, join or start; or the arguments of a HostCommand: exit code 0, or 1 with the error on stderr.
if (args is ["soak", .. var options])
{
    return await Soak.RunAsync(options);
}
try
{
    if (args is ["start", var folder, var policy])
    {
        await Application.StartAndStopAsync(folder, policy);
        return 0;
    }
    if (args is ["guarded", var shop, var killAt])
    {
        await GuardedApplication.MigrateAsync(shop, killAt);
        return 0;
    }
    if (args is ["order", var orders, var culture])
    {
        await OrderApplication.RunAsync(orders, culture);
        return 0;
    }
    if (args is ["layout", var data, var move, var killed])
    {
        await LayoutApplication.RunAsync(data, move, killed);
        return 0;
    }
    var command = HostCommand.Parse(args);
    var points = new CrashPoint(command.KillAt, Console.WriteLine);
    RunPoints.Watch(name => points.Reach(name));
    await command.RunAsync(points);
    return 0;
}
catch (MigrationException failure)
{
    await Console.Error.WriteLineAsync($"{failure.GetType().Name}: {failure.Message}");
    return 1;
}
