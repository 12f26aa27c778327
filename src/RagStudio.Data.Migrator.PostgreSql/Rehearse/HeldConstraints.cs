using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Rehearse;

/// <summary>
/// Takes away the constraints that rows could not satisfy while they come, or do not have to: references, and those that
/// are not valid. Then rows can come in any order, and their references are checked at once.
/// </summary>
internal sealed class HeldConstraints(NpgsqlConnection scratch)
{
    private const string Select = """
        SELECT n.nspname::text, c.relname::text, k.conname::text, pg_catalog.pg_get_constraintdef(k.oid)
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE (k.contype = 'f' OR k.contype IN ('c', 'n') AND NOT k.convalidated)
            AND k.conparentid = 0 AND k.coninhcount = 0 AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
        ORDER BY k.oid
        """;

    private List<(string Table, string Name, string Definition)> _constraints = [];

    public async Task DropAsync(CancellationToken cancellationToken)
    {
        _constraints = await scratch
            .QueryAsync(
                Select,
                row =>
                    (
                        PostgreSqlText.Quote(row.GetString(0), row.GetString(1)),
                        PostgreSqlText.Quote(row.GetString(2)),
                        row.GetString(3)
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var (table, name, _) in _constraints)
        {
            await scratch
                .ExecuteAsync($"ALTER TABLE {table} DROP CONSTRAINT {name}", cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, name, definition) in _constraints)
        {
            await scratch
                .ExecuteAsync($"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}", cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
