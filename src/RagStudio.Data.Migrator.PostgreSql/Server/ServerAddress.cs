using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>A database on a server, without any secret. Hosts are compared as DNS does, databases as PostgreSQL does.</summary>
internal sealed record ServerAddress
{
    private ServerAddress(string host, int port, string database) => (Host, Port, Database) = (host, port, database);

    public string Host { get; }

    public int Port { get; }

    public string Database { get; init; }

    /// <summary>The address for people.</summary>
    public string DisplayName => $"{Server}/{Database}";

    /// <summary>The server, or all of those that take over from each other.</summary>
    public string Server => Host.Contains(',') ? Host : $"{Host}:{Port}";

    public string Key => $"postgresql://{DisplayName}";

    public static ServerAddress From(NpgsqlConnectionStringBuilder builder) =>
        new((builder.Host ?? "localhost").ToLowerInvariant(), builder.Port, builder.Database ?? builder.Username ?? "");
}
