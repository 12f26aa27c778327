using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>What makes a database, apart from its content: what CREATE DATABASE says, its privileges and its comment.</summary>
internal sealed record DatabaseDefinition(
    long Oid,
    string Name,
    string? Target,
    string Owner,
    string Form,
    int ConnectionLimit,
    string? Comment,
    IReadOnlyList<DatabaseGrant>? Grants
)
{
    /// <summary>What CREATE DATABASE says after the name.</summary>
    public string Creation => $"OWNER {PostgreSqlText.Quote(Owner)} {Form}";

    // Columns that only some versions have are read as JSON.
    private const string Select = """
        SELECT d.oid::int8, d.datname::text, pg_catalog.current_schema()::text, pg_catalog.pg_get_userbyid(d.datdba)::text,
            pg_catalog.pg_encoding_to_char(d.encoding)::text, d.datcollate::text, d.datctype::text,
            pg_catalog.to_jsonb(d) ->> 'datlocprovider',
            COALESCE(pg_catalog.to_jsonb(d) ->> 'datlocale', pg_catalog.to_jsonb(d) ->> 'daticulocale'),
            pg_catalog.to_jsonb(d) ->> 'daticurules',
            CASE WHEN d.dattablespace <> (SELECT dattablespace FROM pg_catalog.pg_database WHERE datname = 'template0')
                THEN (SELECT spcname::text FROM pg_catalog.pg_tablespace t WHERE t.oid = d.dattablespace) END,
            d.datconnlimit, pg_catalog.shobj_description(d.oid, 'pg_database'), d.datacl IS NULL
        FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
        """;

    private const string SelectGrants = """
        SELECT a.privilege_type,
            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END,
            a.is_grantable
        FROM pg_catalog.pg_database d, pg_catalog.aclexplode(d.datacl) a
        WHERE d.datname = pg_catalog.current_database()
        """;

    /// <summary>Reads that of the connection's database.</summary>
    public static async Task<DatabaseDefinition> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var grants = await connection
            .QueryAsync(
                SelectGrants,
                row => new DatabaseGrant(row.GetString(0), row.GetString(1), row.GetBoolean(2)),
                cancellationToken
            )
            .ConfigureAwait(false);
        var found = await connection
            .QueryAsync(
                Select,
                row => new DatabaseDefinition(
                    row.GetInt64(0),
                    row.GetString(1),
                    row.Text(2),
                    row.GetString(3),
                    FormOf(row),
                    row.GetInt32(11),
                    row.Text(12),
                    row.GetBoolean(13) ? null : grants
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
        return found.Single();
    }

    /// <summary>The statements that give another database its comment, its privileges and its limit of connections.</summary>
    public IEnumerable<string> StatementsFor(string database)
    {
        var quoted = PostgreSqlText.Quote(database);
        // Once it has another comment, it is nobody's scratch database.
        yield return $"COMMENT ON DATABASE {quoted} IS {(Comment is null ? "NULL" : PostgreSqlText.Literal(Comment))}";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"ALTER DATABASE {quoted} CONNECTION LIMIT {ConnectionLimit}"
        );
        if (Grants is null)
        {
            yield break;
        }
        yield return $"REVOKE ALL ON DATABASE {quoted} FROM PUBLIC, {PostgreSqlText.Quote(Owner)}";
        foreach (var grant in Grants)
        {
            var option = grant.IsGrantable ? " WITH GRANT OPTION" : "";
            yield return $"GRANT {grant.Privilege} ON DATABASE {quoted} TO {grant.QuotedGrantee}{option}";
        }
    }

    /// <summary>The same, whoever owns it.</summary>
    private static string FormOf(NpgsqlDataReader row)
    {
        var (provider, locale) = (row.Text(7), row.Text(8) is { } name ? PostgreSqlText.Literal(name) : null);
        string?[] parts =
        [
            "TEMPLATE template0",
            $"ENCODING {PostgreSqlText.Literal(row.GetString(4))}",
            $"LC_COLLATE {PostgreSqlText.Literal(row.GetString(5))} LC_CTYPE {PostgreSqlText.Literal(row.GetString(6))}",
            provider switch
            {
                "i" => $"LOCALE_PROVIDER icu ICU_LOCALE {locale}",
                "b" => $"LOCALE_PROVIDER builtin BUILTIN_LOCALE {locale}",
                "c" => "LOCALE_PROVIDER libc",
                _ => null,
            },
            row.Text(9) is { } rules ? $"ICU_RULES {PostgreSqlText.Literal(rules)}" : null,
            row.Text(10) is { } tablespace ? $"TABLESPACE {PostgreSqlText.Quote(tablespace)}" : null,
        ];
        return string.Join(' ', parts.Where(part => part is not null));
    }
}
