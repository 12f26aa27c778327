using Npgsql;

namespace RagStudio.Data;

/// <summary>Completes connection strings.</summary>
internal static class ConnectionStrings
{
    private const string TargetSchema = "public";
    private const int PreparedStatements = 64;

    /// <exception cref="ArgumentException">It cannot be read. The driver's message might repeat a value.</exception>
    public static string Complete(string? connectionString)
    {
        try
        {
            var given = new NpgsqlConnectionStringBuilder(connectionString);
            // Both contexts are migrated by one session, and what they name no schema for is the migrator's.
            given.SearchPath = TargetSchema;
            if (!given.ContainsKey("Max Auto Prepare"))
            {
                given.MaxAutoPrepare = PreparedStatements;
            }
            return given.ConnectionString;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException)
        {
            throw new ArgumentException(
                "The connection string of RAG Studio's data cannot be read: write 'Host=SERVER;Database=NAME;Username=ROLE;Password=…'."
            );
        }
    }
}
