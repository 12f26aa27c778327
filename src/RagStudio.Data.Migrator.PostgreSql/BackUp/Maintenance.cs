using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>Connections to a database that every server has, from which others can be renamed and dropped.</summary>
internal static class Maintenance
{
    private static readonly string[] Databases = ["postgres", "template1"];

    /// <exception cref="NpgsqlException">The role may connect to none of them.</exception>
    public static async Task<NpgsqlConnection> ConnectAsync(
        ConnectionSource source,
        CancellationToken cancellationToken
    )
    {
        string[] names = [.. Databases.Where(name => name != source.Address.Database)];
        foreach (var name in names)
        {
            var connection = source.CreateFor(name);
            try
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                return connection;
            }
            // It may be missing, or closed to the role.
            catch (PostgresException) when (name != names[^1])
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        throw new InvalidOperationException("A server has a database from which others can be renamed.");
    }
}
