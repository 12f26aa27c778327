namespace RagStudio.Data.Benchmarks;

/// <summary>Evolve brings databases up to date.</summary>
internal static class EvolveChild
{
    /// <param name="given">The file and the assembly with scripts, for each database.</param>
    public static Task RunAsync(string[] given)
    {
        for (var i = 0; i < given.Length; i += 2)
        {
            using var connection = ChildDatabases.OpenInWal(given[i]);
            var evolve = new EvolveDb.Evolve(connection)
            {
                EmbeddedResourceAssemblies = [ChildDatabases.Load(given[i + 1])],
                IsEraseDisabled = true,
            };
            evolve.Migrate();
        }
        return Task.CompletedTask;
    }
}
