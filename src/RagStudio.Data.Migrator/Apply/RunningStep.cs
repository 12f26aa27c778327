using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator;

/// <summary>A migration while it runs, with what is known of it before its first command.</summary>
internal sealed class RunningStep(string version, Migration migration)
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly IReadOnlyList<MigrationOperation>? _down = DownOf(migration);

    public string Version { get; } = version;

    public MigrationKind Kind { get; } = MigrationKinds.Of(migration);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    public bool HasWayBack => _down is { Count: > 0 };

    public MigrationStep Describe(string? rollbackSql) =>
        new(Version, Kind, Elapsed, OperationChecksum.Of(migration.UpOperations, _down ?? []), rollbackSql);

    private static IReadOnlyList<MigrationOperation>? DownOf(Migration migration)
    {
        try
        {
            return migration.DownOperations;
        }
        // Whatever a Down throws, it says the same: the author gave this migration no way back.
        catch (Exception)
        {
            return null;
        }
    }
}
