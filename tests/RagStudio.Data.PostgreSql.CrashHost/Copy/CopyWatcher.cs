using RagStudio.Data.Migrator;

namespace RagStudio.Data.PostgreSql.CrashHost;

/// <summary>Receives the progress at once, on the thread of the copy.</summary>
public sealed class CopyWatcher(Action<MigrationProgress> act) : IProgress<MigrationProgress>
{
    public void Report(MigrationProgress value) => act(value);
}
