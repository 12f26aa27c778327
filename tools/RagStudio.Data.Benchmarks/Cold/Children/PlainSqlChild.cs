namespace RagStudio.Data.Benchmarks;

/// <summary>
/// The minimum for applying migrations: runs existing scripts, each in a transaction with a row of a history.
/// </summary>
internal static class PlainSqlChild
{
    public static Task RunAsync(string file, string scripts)
    {
        using var connection = ChildDatabases.OpenInWal(file);
        ChildDatabases.Execute(connection, "CREATE TABLE history (id TEXT NOT NULL PRIMARY KEY)");
        var assembly = ChildDatabases.Load(scripts);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var transaction = connection.BeginTransaction();
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            ChildDatabases.Execute(connection, text.ReadToEnd(), transaction);
            ChildDatabases.Execute(connection, $"INSERT INTO history VALUES ('{name}')", transaction);
            transaction.Commit();
        }
        return Task.CompletedTask;
    }
}
