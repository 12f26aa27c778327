using DbUp;

namespace RagStudio.Data.Benchmarks;

/// <summary>DbUp brings a database of a server up to date.</summary>
internal static class DbUpServerChild
{
    public static Task RunAsync(string connectionString, string scripts)
    {
        var result = DeployChanges
            .To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(ChildDatabases.Load(scripts))
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        return result.Successful
            ? Task.CompletedTask
            : throw new InvalidOperationException($"DbUp failed at {result.ErrorScript?.Name}.", result.Error);
    }
}
