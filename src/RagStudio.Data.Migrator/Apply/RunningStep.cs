using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator;

/// <summary>A migration while it runs, with what is known of it before its first command.</summary>
internal sealed class RunningStep(string version, Migration migration, Func<string?> rollbackSql)
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly MigrationWayBack _wayBack = MigrationWayBack.Of(migration);

    public string Version { get; } = version;

    public MigrationKind Kind { get; } = MigrationKinds.Of(migration);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    public MigrationStep Describe(bool withRollbackSql) =>
        new(
            Version,
            Kind,
            Elapsed,
            OperationChecksum.Of(migration.UpOperations, _wayBack.Operations),
            withRollbackSql && _wayBack.Exists ? rollbackSql() : null
        );
}
