using Npgsql;

namespace RagStudio.Data.Benchmarks;

/// <summary>Evolve brings a database of a server up to date.</summary>
internal static class EvolveServerChild
{
    public static Task RunAsync(string connectionString, string scripts)
    {
        using var connection = new NpgsqlConnection(connectionString);
        var evolve = new EvolveDb.Evolve(connection)
        {
            EmbeddedResourceAssemblies = [ChildDatabases.Load(scripts)],
            IsEraseDisabled = true,
        };
        evolve.Migrate();
        return Task.CompletedTask;
    }
}
