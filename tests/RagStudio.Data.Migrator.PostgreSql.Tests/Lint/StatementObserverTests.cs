using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Lint;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>
/// What is observed on empty tables, and, with other instruments, what really happens to tables with rows.
/// </summary>
internal sealed class StatementObserverTests
{
    private TestDatabase _empty = null!;
    private TestDatabase _filled = null!;
    private NpgsqlConnection _scratch = null!;
    private NpgsqlConnection _live = null!;
    private NpgsqlConnection _second = null!;

    [OneTimeSetUp]
    public async Task CreateAsync()
    {
        var server = await ServersOfTheRun.SharedAsync();
        (_empty, _filled) = (await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync());
        await _empty.ExecuteAsync(StatementCases.Schema);
        await _filled.ExecuteAsync(StatementCases.Schema + StatementCases.Fill);
        _scratch = await Sql.OpenAsync(_empty.ConnectionString);
        _live = await Sql.OpenAsync(_filled.ConnectionString);
        _second = await Sql.OpenAsync(_filled.SuperuserConnectionString);
    }

    [OneTimeTearDown]
    public async Task DropAsync()
    {
        foreach (var connection in new[] { _scratch, _live, _second })
        {
            await connection.DisposeAsync();
        }
        await _empty.DisposeAsync();
        await _filled.DisposeAsync();
    }

    [TestCaseSource(typeof(StatementCases), nameof(StatementCases.Inside))]
    public async Task A_statement_is_observed_in_an_empty_database(StatementCase statement)
    {
        await using var transaction = await _scratch.BeginTransactionAsync();
        await Sql.ExecuteAsync(_scratch, statement.Before + "SELECT 1");
        var tables = Tables(CatalogState.Read(_scratch));
        var observer = new StatementObserver(_scratch);

        await Sql.ExecuteAsync(_scratch, statement.Sql);
        observer.Executed(statement.Sql);

        var effects = observer.Take().ToDictionary(effect => tables[effect.Table]);
        Assert.Multiple(() =>
        {
            var effect = effects[statement.Table];
            Assert.That(effect.Acquired, Is.EqualTo(statement.Lock));
            Assert.That(effect.Rewrites, Is.EqualTo(statement.Rewrites), "rewritten");
            Assert.That(effect.Scans, Is.EqualTo(statement.Scans), "scanned");
            if (statement.Other is { } other)
            {
                Assert.That(effects[other.Table].Acquired, Is.EqualTo(other.Lock), other.Table);
            }
        });
    }

    [TestCaseSource(typeof(StatementCases), nameof(StatementCases.Inside))]
    public async Task And_is_what_another_session_sees_where_the_tables_have_rows(StatementCase statement)
    {
        await using var transaction = await _live.BeginTransactionAsync();
        await Sql.ExecuteAsync(_live, statement.Before + "SELECT 1");
        var before = await LocksAsync(statement.Table);
        var (file, read) = (await FileAsync(statement.Table), await ReadAsync(statement.Table));

        await Sql.ExecuteAsync(_live, statement.Sql);

        var locks = await LocksAsync(statement.Table);
        Assert.That(locks.Except(before).Max(), Is.EqualTo(statement.Lock));
        if (statement.Other is { } other)
        {
            Assert.That((await LocksAsync(other.Table)).Max(), Is.EqualTo(other.Lock), other.Table);
        }
        // What was dropped, renamed, emptied or replaced by another file has no rows that could have been read there.
        if (
            statement.Sql is not "DROP TABLE plain" and not "ALTER TABLE plain RENAME TO other" and not "TRUNCATE plain"
        )
        {
            Assert.That(await FileAsync(statement.Table) != file, Is.EqualTo(statement.Rewrites), "rewritten");
            Assert.That(
                await ReadAsync(statement.Table) - read >= StatementCases.Rows,
                Is.EqualTo(statement.Scans),
                "scanned"
            );
        }
    }

    [TestCaseSource(typeof(StatementCases), nameof(StatementCases.Outside))]
    public async Task A_statement_after_the_commit_has_the_locks_of_the_documentation(StatementCase statement)
    {
        var server = await ServersOfTheRun.SharedAsync();
        await using var empty = await server.CreateDatabaseAsync();
        await empty.ExecuteAsync(StatementCases.Schema);
        await using var scratch = await Sql.OpenAsync(empty.ConnectionString);
        var observer = new StatementObserver(scratch);

        observer.Execute(statement.Sql);

        var effect = observer.Take().Single();
        Assert.That(
            (effect.Acquired, effect.Rewrites, effect.Scans),
            Is.EqualTo(((LockMode?)statement.Lock, statement.Rewrites, statement.Scans))
        );
    }

    /// <summary>A writer keeps each of them waiting while it holds, or asks for, the lock that it needs.</summary>
    [TestCaseSource(typeof(StatementCases), nameof(StatementCases.Outside))]
    public async Task And_holds_them_where_another_session_writes(StatementCase statement)
    {
        var server = await ServersOfTheRun.SharedAsync();
        await using var filled = await server.CreateDatabaseAsync();
        await filled.ExecuteAsync(StatementCases.Schema + StatementCases.Fill);
        await using var connection = await Sql.OpenAsync(filled.ConnectionString);
        await using var writer = await Sql.OpenAsync(filled.ConnectionString);
        await using var transaction = await writer.BeginTransactionAsync();
        await Sql.ExecuteAsync(writer, "UPDATE t SET a = a");

        var running = Sql.ExecuteAsync(connection, statement.Sql);
        await Condition.HoldsAsync(
            "the statement waits for the writer",
            async () =>
                await Sql.ScalarAsync<long>(
                    filled.ConnectionString,
                    $"SELECT count(*) FROM pg_locks WHERE pid = {connection.ProcessID} AND NOT granted"
                ) > 0
        );
        var modes = await Sql.ScalarAsync<string[]>(
            filled.ConnectionString,
            $"SELECT array_agg(mode) FROM pg_locks WHERE pid = {connection.ProcessID} AND relation = 't'::regclass"
        );
        await transaction.RollbackAsync();
        await running;

        Assert.That(modes.Select(LockModes.Parse).Max(), Is.EqualTo(statement.Lock));
    }

    [Test]
    public void The_documented_kinds_are_forty_and_more() =>
        Assert.That(StatementCases.Inside.Concat(StatementCases.Outside).Count(), Is.GreaterThanOrEqualTo(40));

    private static Dictionary<long, string> Tables(CatalogState state) =>
        state
            .Relations.Values.Where(relation => relation.IsTable)
            .ToDictionary(table => table.Oid, table => table.Name);

    /// <summary>As another session sees them, on the table with the name that others see, and on its indexes.</summary>
    private async Task<LockMode[]> LocksAsync(string table)
    {
        var modes = await Sql.ScalarAsync<string[]>(
            _second,
            $"""
            SELECT coalesce(array_agg(mode), ARRAY[]::text[]) FROM pg_locks WHERE pid = {_live.ProcessID} AND relation IN (
                SELECT '{table}'::regclass::oid
                UNION ALL SELECT indexrelid FROM pg_index WHERE indrelid = '{table}'::regclass)
            """
        );
        return [.. modes.Select(LockModes.Parse).OfType<LockMode>()];
    }

    private Task<long> FileAsync(string table) =>
        Sql.ScalarAsync<long>(_live, $"SELECT pg_relation_filenode('{table}')::int8");

    private Task<long> ReadAsync(string table) =>
        Sql.ScalarAsync<long>(_live, $"SELECT pg_stat_get_xact_tuples_returned('{table}'::regclass)");
}
