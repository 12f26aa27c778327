using System.Data.Common;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>A migration that is replayed in a scratch database, as EF runs it.</summary>
internal sealed class ReplayStep(IReadOnlyList<StepCommand> commands, WorkLimits limits) : IMigrationStepScope
{
    public IReadOnlyList<StepCommand> Commands => commands;

    public CancellationToken Token => limits.Token;

    public bool TimedOut => false;

    public TimeSpan TimeLeft => limits.Timeout ?? TimeSpan.MaxValue;

    public Task RecordAsync(DbTransaction transaction, MigrationRecord record) => Task.CompletedTask;

    public Task CheckAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
