using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Undoes a migration that dropped the content of a table, which was kept, compared with an UPDATE of as many rows.
/// The whole run is measured: lock, plan, checks and commit.
/// </summary>
internal sealed class ReturnDropped<TContext>(string name, string dropped) : Scenario
    where TContext : DbContext
{
    private const int Rows = 300_000;

    private const string Content = "SELECT md5(string_agg(n::text, ',' ORDER BY id)) FROM notes AS n";

    private TestDatabase _before = null!;
    private TestDatabase _after = null!;
    private string _content = "";

    public override string Name => name;

    public override string Description =>
        $"a dropped {dropped} of {Rows:N0} rows comes back, PostgreSQL; peer: UPDATE of that column";

    public override double Target => 3;

    /// <summary>A quick run needs no PostgreSQL.</summary>
    public override bool IsLong => true;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        _before = await (await databases.ServerAsync()).CreateDatabaseAsync();
        await Manager(_before).MigrateAsync();
        await Manager(_before).RollbackToVersionAsync(CreateNotes.Version);
        await _before.ExecuteAsync(
            $"""
            INSERT INTO notes SELECT n, 'note ' || n, repeat(md5(n::text), 3) FROM generate_series(1, {Rows}) AS n;
            ANALYZE notes
            """
        );
        _content = await _before.ScalarAsync<string>(Content);
        _after = await _before.CopyAsync();
        await Manager(_after).MigrateAsync();
    }

    public override async Task<double?> RunAsync()
    {
        await using var database = await _after.CopyAsync();
        var begun = Stopwatch.GetTimestamp();
        await Manager(database).RollbackToVersionAsync(CreateNotes.Version);
        var elapsed = Stopwatch.GetElapsedTime(begun);
        return await database.ScalarAsync<string>(Content) == _content
            ? elapsed.TotalMilliseconds
            : throw new InvalidOperationException("Not every value came back.");
    }

    public override async Task<double?> MeasurePeerAsync()
    {
        await using var database = await _before.CopyAsync();
        var begun = Stopwatch.GetTimestamp();
        await database.ExecuteAsync("UPDATE notes SET body = reverse(body)");
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static IMigrationManager Manager(TestDatabase database) =>
        MigratorFactory.Create(
            migrator => migrator.AddPostgreSqlDatabase<TContext>("notes", database.ConnectionString),
            new MigrationOptions { AllowDestructive = true }
        );
}
