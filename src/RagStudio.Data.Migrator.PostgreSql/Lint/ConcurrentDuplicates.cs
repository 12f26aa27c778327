using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Apply;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>
/// Counts the rows that unique indexes would refuse which are created after the commit. Only rows that nothing pending
/// changes before are counted: the run counts all of them again at its end.
/// </summary>
internal sealed class ConcurrentDuplicates(IPostgreSqlDatabase database, string target)
{
    private const string FindTable = """
        SELECT c.oid::int8, n.nspname::text, c.relname::text FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = pg_catalog.to_regclass($1)
        """;

    private readonly HashSet<long> _changed = [];

    public async Task<IReadOnlyList<MigrationFinding>> FindAsync(
        NpgsqlConnection live,
        LintRequest request,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<MigrationFinding>();
        var known = database.Migrations.ToDictionary(one => one.Version, StringComparer.OrdinalIgnoreCase);
        foreach (var version in request.Pending.TakeWhile(version => !HasCode(version, CodeMoment.Before)))
        {
            foreach (var operation in known[version].Create(database.EFProvider).UpOperations)
            {
                var indexes = IndexesOf(operation);
                if (operation is SqlOperation && indexes is null)
                {
                    // It may change any rows.
                    return findings;
                }
                foreach (var index in indexes ?? [])
                {
                    if (
                        await CountAsync(live, index, ColumnsOf(operation), cancellationToken).ConfigureAwait(false) is
                        { } finding
                    )
                    {
                        findings.Add(new MigrationFinding(version, finding));
                    }
                }
                await MarkAsync(live, operation, cancellationToken).ConfigureAwait(false);
            }
            if (HasCode(version, CodeMoment.After))
            {
                break;
            }
        }
        return findings;

        bool HasCode(string version, CodeMoment when) => request.CodeFor(version, when).Count > 0;
    }

    /// <returns>
    /// The unique indexes that the operation creates after the commit; <see langword="null"/> for SQL that does something
    /// else too.
    /// </returns>
    private OutsideStatement[]? IndexesOf(MigrationOperation operation)
    {
        switch (operation)
        {
            case CreateIndexOperation { IsUnique: true } index when TableLocks.IsConcurrent(index):
                return [OutsideStatement.Read(Sql(index))];
            case SqlOperation sql:
                OutsideStatement[] statements = [.. Tokens.Split(sql.Sql).Select(OutsideStatement.Read)];
                return statements.All(statement => statement.Kind is OutsideKind.CreateIndex or OutsideKind.DropIndex)
                    ? statements
                    : null;
            default:
                return [];
        }
    }

    private string Sql(CreateIndexOperation index)
    {
        var table = PostgreSqlText.Quote(index.Schema ?? target, index.Table);
        var columns = string.Join(", ", index.Columns.Select(PostgreSqlText.Quote));
        var nulls = index.FindAnnotation("Npgsql:NullsDistinct")?.Value is false ? " NULLS NOT DISTINCT" : "";
        var where = index.Filter is null ? "" : $" WHERE {index.Filter}";
        return $"CREATE UNIQUE INDEX CONCURRENTLY {PostgreSqlText.Quote(index.Name)} ON {table} ({columns}){nulls}{where}";
    }

    /// <summary>As the engine names them where it finds the same duplicates.</summary>
    private static string? ColumnsOf(MigrationOperation operation) =>
        operation is CreateIndexOperation index ? string.Join(", ", index.Columns) : null;

    private async Task<PlanFinding?> CountAsync(
        NpgsqlConnection live,
        OutsideStatement index,
        string? columns,
        CancellationToken cancellationToken
    )
    {
        if (
            index is not { Table: { } name }
            || index.CountDuplicates() is not { } query
            || await FindAsync(live, name, cancellationToken).ConfigureAwait(false) is not var (oid, table)
            || _changed.Contains(oid)
        )
        {
            return null;
        }
        long groups;
        try
        {
            groups = await live.ScalarAsync<long>(query, cancellationToken).ConfigureAwait(false);
        }
        // A pending migration may create what the expression of an index calls.
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.UndefinedFunction)
        {
            return null;
        }
        return groups == 0 ? null : Describe(index, table, columns, groups);
    }

    private static PlanFinding Describe(OutsideStatement index, string table, string? columns, long groups) =>
        new(
            PlanFindingKind.DuplicatesAfterCommit,
            table,
            columns,
            groups,
            IsDestructive: false,
            FormattableString.Invariant(
                $"creates the unique index {index.Index ?? "without a name"} of '{table}' after the commit, but the table has {groups} group{(groups == 1 ? "" : "s")} of duplicate rows: it would fail"
            )
        )
        {
            Statement = index.Sql,
        };

    private async Task<(long Oid, string Table)?> FindAsync(
        NpgsqlConnection live,
        string name,
        CancellationToken cancellationToken
    )
    {
        var found = await live.QueryAsync(
                FindTable,
                row => (row.GetInt64(0), database.NameOf(row.GetString(1), row.GetString(2))),
                cancellationToken,
                name
            )
            .ConfigureAwait(false);
        return found is [var table] ? table : null;
    }

    private async Task MarkAsync(
        NpgsqlConnection live,
        MigrationOperation operation,
        CancellationToken cancellationToken
    )
    {
        if (
            operation is ITableMigrationOperation { Table: { } table } changed and not CreateIndexOperation
            && await FindAsync(live, PostgreSqlText.Quote(changed.Schema ?? target, table), cancellationToken)
                .ConfigureAwait(false)
                is var (oid, _)
        )
        {
            _changed.Add(oid);
        }
    }
}
