using System.Diagnostics;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Benchmarks;

/// <summary>Restores a copy into a locked database on disk, compared with the backup API alone.</summary>
internal sealed class Restore(string name, int megabytes, bool isLong) : Scenario
{
    private BenchmarkData _data = null!;
    private string _copy = "";

    public override string Name => name;

    public override string Description =>
        $"app_meta.db of {megabytes:N0} MB, held, checked in; peer: BackupDatabase into it, held";

    public override double Target => 1.2;

    public override bool IsLong => isLong;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        _data = await databases.LongChunksAsync(megabytes);
        _copy = _data.FileOf($"{name}.copy");
        await using var session = await _data.HoldAsync("app_meta");
        await session.BackUpAsync(_copy, progress: null, WorkLimits.None);
    }

    public override async Task<double?> RunAsync()
    {
        await using var session = await _data.HoldAsync("app_meta");
        var begun = Stopwatch.GetTimestamp();
        await session.RestoreAsync(_copy);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    /// <summary>Closing it checkpoints its WAL, as our restore does before it completes.</summary>
    public override Task RunPeerAsync()
    {
        using var live = _data.OpenAppMeta();
        using (var command = new SqliteCommand("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT", live))
        {
            command.ExecuteNonQuery();
        }
        using var copy = new SqliteConnection($"Data Source={_copy};Mode=ReadOnly;Pooling=False");
        copy.Open();
        copy.BackupDatabase(live);
        return Task.CompletedTask;
    }
}
