using System.Diagnostics;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>A running migration, with what is known before its first command.</summary>
/// <param name="version">EF's migration id.</param>
/// <param name="kind">The kind of change.</param>
/// <param name="checksum">The checksum of its operations.</param>
/// <param name="rollbackSql">Gets the SQL that reverts it; called only if it is recorded.</param>
internal sealed class RunningStep(string version, MigrationKind kind, string checksum, Func<string?> rollbackSql)
{
    private readonly long _begun = Stopwatch.GetTimestamp();

    public string Version { get; } = version;

    public MigrationKind Kind { get; } = kind;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    public MigrationStep Describe(bool withRollbackSql) =>
        new(Version, Kind, Elapsed, checksum, withRollbackSql ? rollbackSql() : null);
}
