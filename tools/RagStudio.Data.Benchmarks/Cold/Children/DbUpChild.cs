using DbUp;

namespace RagStudio.Data.Benchmarks;

/// <summary>DbUp brings databases up to date.</summary>
internal static class DbUpChild
{
    /// <param name="given">The file and the assembly with scripts, for each database.</param>
    public static Task RunAsync(string[] given)
    {
        for (var i = 0; i < given.Length; i += 2)
        {
            Upgrade(given[i], given[i + 1]);
        }
        return Task.CompletedTask;
    }

    private static void Upgrade(string file, string scripts)
    {
        using var wal = ChildDatabases.OpenInWal(file);
        var result = DeployChanges
            .To.SqliteDatabase(ChildDatabases.ConnectionString(file))
            .WithScriptsEmbeddedInAssembly(ChildDatabases.Load(scripts))
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"DbUp failed at {result.ErrorScript?.Name}.", result.Error);
        }
    }
}
