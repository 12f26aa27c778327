using System.Diagnostics;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>
/// A migration of a fake database: it works on a copy of the content, which takes effect only when all of it
/// is done.
/// </summary>
internal sealed class FakeStep(
    FakeDatabase database,
    FakeMigration migration,
    bool reverts,
    IMigrationObserver observer
)
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly TimeSpan _limit = observer.LimitOf(migration.Version);

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    /// <returns>The content after the migration, to be committed.</returns>
    public async Task<FakeContent> RunAsync(FakeContent draft, CancellationToken cancellationToken)
    {
        observer.Starting(migration.Version);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_limit);
        try
        {
            await RunCommandsAsync(draft, deadline.Token);
            return draft;
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan? exceeded = deadline.IsCancellationRequested ? _limit : null;
            throw new MigrationStepException(migration.Version, MigrationKind.Data, exceeded, Elapsed, failure);
        }
    }

    public MigrationStep Describe() =>
        new(
            migration.Version,
            MigrationKind.Data,
            Elapsed,
            OperationChecksum.Compute(
                database.Migrations.First(m => m.Version == migration.Version).Create(database.EFProvider)
            ),
            reverts || migration.Down is null ? null : "-- undo " + migration.Version
        );

    private async Task RunCommandsAsync(FakeContent draft, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        await RunCodeAsync(draft, CodeMoment.Before, token);
        await (reverts ? migration.Down! : migration.Up)(draft, token);
        await RunCodeAsync(draft, CodeMoment.After, token);
        if (reverts)
        {
            draft.MarkReverted(database.Name, migration.Version);
        }
        else
        {
            draft.MarkApplied(database.Name, migration.Version);
        }
        draft.Append(observer.Describe(Describe()));
        token.ThrowIfCancellationRequested();
    }

    private async Task RunCodeAsync(FakeContent draft, CodeMoment moment, CancellationToken token)
    {
        foreach (var code in observer.CodeFor(migration.Version, moment))
        {
            var before = Elapsed;
            using var connection = new FakeConnection(draft);
            await using var transaction = connection.BeginTransaction();
            var context = new MigrationCodeContext(
                migration.Version,
                connection,
                transaction,
                _limit - before,
                new CodeProgress(observer, migration.Version)
            );
            await code.RunAsync(context, token);
            token.ThrowIfCancellationRequested();
            draft.Append(observer.Describe(migration.Version, code, Elapsed - before));
        }
    }

    private sealed class CodeProgress(IMigrationObserver observer, string version)
        : IProgress<(long Completed, long Total)>
    {
        public void Report((long Completed, long Total) value) =>
            observer.Advanced(version, value.Completed, value.Total);
    }
}
