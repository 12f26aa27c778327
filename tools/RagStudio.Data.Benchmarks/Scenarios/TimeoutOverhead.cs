using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Benchmarks;

/// <summary>Runs a long statement under a limit that interrupts it, compared with the statement alone.</summary>
internal sealed class TimeoutOverhead : Scenario
{
    private const string Sql =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000000) SELECT sum(i * i % 7) FROM n";

    private BenchmarkData _data = null!;

    public override string Name => "timeout";

    public override string Description => "a statement that counts to 5,000,000 under a limit; peer: without one";

    public override double Target => 1.03;

    public override async Task PrepareAsync(BenchmarkDatabases databases) =>
        _data = await databases.LongChunksAsync(Sizes.FewMegabytes);

    public override async Task<double?> RunAsync()
    {
        await using var reader = (await _data.Set.Storage("app_meta").OpenReaderAsync(CancellationToken.None))!;
        var limits = new WorkLimits(TimeSpan.FromHours(1), CancellationToken.None);
        await reader.QueryAsync(Sql, [], _ => { }, limits);
        return null;
    }

    public override Task RunPeerAsync()
    {
        using var connection = _data.OpenAppMeta();
        using var command = new SqliteCommand(Sql, connection);
        command.ExecuteScalar();
        return Task.CompletedTask;
    }
}
