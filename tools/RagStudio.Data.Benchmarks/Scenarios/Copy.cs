using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Copies events and as many chunks from SQLite to PostgreSQL, or back: hold, validate, check what fits, migrate, copy,
/// compare, validate, mark. All of it is measured.
/// </summary>
internal sealed class Copy(string name, bool toServer) : Scenario
{
    private const int LeastRowsPerSecond = 20_000;

    private string _folder = "";
    private TestDatabase _filled = null!;
    private BenchmarkDatabases _databases = null!;

    public override string Name => name;

    public override string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Sizes.Events:N0} events and as many chunks, {(toServer ? "SQLite to PostgreSQL" : "PostgreSQL to SQLite")}"
        );

    public override double Target => Rows * 1000.0 / LeastRowsPerSecond;

    public override bool HasPeer => false;

    /// <summary>A quick run needs no PostgreSQL.</summary>
    public override bool IsLong => true;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        _databases = databases;
        var server = await databases.ServerAsync();
        _filled = await server.CreateDatabaseAsync();
        _folder = databases.NewFolder(name);
        await Files(_folder).MigrateAsync();
        Fill();
        if (!toServer)
        {
            await MigratorFactory.CreateCopy(Files(_folder), Server(_filled)).CopyAsync();
        }
    }

    public override async Task<double?> RunAsync()
    {
        await using var database = await _filled.Server.CreateDatabaseAsync();
        var folder = _databases.NewFolder($"{name}-{Guid.NewGuid():n}");
        var source = toServer ? Files(_folder) : Server(_filled);
        await source.ReopenAsync("the next run");
        var begun = Stopwatch.GetTimestamp();
        var copied = await MigratorFactory.CreateCopy(source, toServer ? Server(database) : Files(folder)).CopyAsync();
        var elapsed = Stopwatch.GetElapsedTime(begun);
        Directory.Delete(folder, recursive: true);
        var rows = copied.Tables.Sum(table => table.Rows);
        Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name}: {rows / elapsed.TotalSeconds:N0} rows/s")
        );
        return rows >= Rows ? elapsed.TotalMilliseconds : throw new InvalidOperationException("Rows are missing.");
    }

    private static int Rows => 2 * Sizes.Events;

    private static IMigrationManager Files(string folder) =>
        MigratorFactory.Create(migrator =>
            migrator.AddSqliteDatabase<CopiedContext>("copied", $"Data Source={Path.Combine(folder, "copied.db")}")
        );

    private static IMigrationManager Server(TestDatabase database) =>
        MigratorFactory.Create(migrator =>
            migrator.AddPostgreSqlDatabase<CopiedContext>("copied", database.ConnectionString)
        );

    private void Fill()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "copied.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("@count", Sizes.Events);
        command.CommandText = """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @count)
            INSERT INTO events SELECT i, printf('0198c0de-1111-7000-8000-%012d', i), 'document.imported',
                printf('0198c0de-2222-7000-8000-%012d', i % 10000), i / 10000 + 1,
                printf('{"kb_id":"0198c0de-0000-7000-8000-%012d","document_id":"0198c0de-3333-7000-8000-%012d","content_hash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","chunk_count":12,"size_bytes":%d}', i % 7, i, i),
                CASE WHEN i % 4 = 0 THEN '{"source":"import"}' END, '2026-01-01T00:00:00.0000000Z',
                '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' FROM n;
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @count / 10)
            INSERT INTO documents SELECT printf('0198c0de-4444-7000-8000-%012d', i), printf('document %d', i) FROM n;
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @count)
            INSERT INTO document_chunks SELECT printf('0198c0de-5555-7000-8000-%012d', i),
                printf('0198c0de-4444-7000-8000-%012d', i / 10), i % 10,
                printf('The content of chunk %d, which is a sentence or two long in this table.', i),
                '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', '2026-01-01 00:00:00.1234567+00:00' FROM n;
            """;
        command.ExecuteNonQuery();
    }
}
