using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>
/// What a connection string says, as libpq's variables (https://www.postgresql.org/docs/current/libpq-envars.html). Other
/// users cannot read the environment of a process, but all of them can read its arguments.
/// </summary>
internal static class DumpEnvironment
{
    /// <summary>No connection, and messages that do not depend on the user's language.</summary>
    public static IReadOnlyDictionary<string, string?> Empty { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["LC_ALL"] = "C" };

    /// <param name="source">The connection string.</param>
    /// <param name="connection">An open connection, which tells the host that answers.</param>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<IReadOnlyDictionary<string, string?>> CreateAsync(
        ConnectionSource source,
        NpgsqlConnection connection,
        string database,
        CancellationToken cancellationToken
    )
    {
        var given = await source.DescribeAsync(cancellationToken).ConfigureAwait(false);
        return new Dictionary<string, string?>(Empty, StringComparer.Ordinal)
        {
            ["PGHOST"] = connection.Host,
            ["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = connection.UserName,
            ["PGDATABASE"] = database,
            ["PGAPPNAME"] = SessionName.Reader,
            // These would lead to another server, or change what is written.
            ["PGHOSTADDR"] = null,
            ["PGSERVICE"] = null,
            ["PGTARGETSESSIONATTRS"] = null,
            ["PGLOADBALANCEHOSTS"] = null,
            ["PGCLIENTENCODING"] = null,
        }
            .With("PGPASSWORD", given.Password)
            .With("PGPASSFILE", given.Passfile)
            .With("PGOPTIONS", given.Options)
            .With("PGSSLROOTCERT", given.RootCertificate)
            .With("PGSSLCERT", given.SslCertificate)
            .With("PGSSLKEY", given.SslKey)
            .With("PGKRBSRVNAME", given.KerberosServiceName is "postgres" ? null : given.KerberosServiceName)
            .With("PGCONNECT_TIMEOUT", given.Timeout > 0 ? given.Timeout.ToString(CultureInfo.InvariantCulture) : null)
            .With("PGSSLMODE", ModeOf(given.SslMode));
    }

    private static Dictionary<string, string?> With(
        this Dictionary<string, string?> variables,
        string name,
        string? value
    )
    {
        if (!string.IsNullOrEmpty(value))
        {
            variables[name] = value;
        }
        return variables;
    }

    private static string ModeOf(SslMode mode) =>
        mode switch
        {
            SslMode.Disable => "disable",
            SslMode.Allow => "allow",
            SslMode.Require => "require",
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            _ => "prefer",
        };
}
