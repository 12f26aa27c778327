using System.Diagnostics;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Benchmarks;

/// <summary>Copies a locked database with its SHA-256 to disk, compared with another way to copy it.</summary>
internal sealed class Backup(string name, int megabytes, bool isLong, BackupPeer peer) : Scenario
{
    private BenchmarkData _data = null!;
    private string _ours = "";
    private string _theirs = "";

    public override string Name => name;

    public override string Description =>
        $"app_meta.db of {megabytes:N0} MB, held: copied, hashed, flushed; peer: {peer.Description}";

    public override double Target => peer.Target;

    public override bool IsLong => isLong;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        _data = await databases.LongChunksAsync(megabytes);
        (_ours, _theirs) = (_data.FileOf($"{name}.ours"), _data.FileOf($"{name}.theirs"));
    }

    public override async Task<double?> RunAsync()
    {
        File.Delete(_ours);
        File.Delete(_theirs);
        await using var session = await _data.HoldAsync("app_meta");
        var begun = Stopwatch.GetTimestamp();
        var copy = await session.BackUpAsync(_ours, progress: null, WorkLimits.None);
        var milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        Rules.Demand(new FileInfo(_ours).Length == new FileInfo(_data.AppMetaFile).Length, "the copy is not whole");
        Rules.Demand(copy.Sha256?.Length == 64, "there is no hash");
        return milliseconds;
    }

    public override Task RunPeerAsync()
    {
        peer.Copy(_data.AppMetaFile, _theirs);
        return Task.CompletedTask;
    }
}
