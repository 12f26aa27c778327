using System.Data.Common;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Apply;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>A migration whose statements are observed in a scratch database, in the order in which a run executes them.</summary>
internal sealed class LintStep(
    NpgsqlConnection scratch,
    IReadOnlyList<StepCommand> commands,
    WorkLimits limits,
    StatementObserver observer,
    Action<string> follow
) : IMigrationStepScope
{
    /// <summary>What the application's code does is not a statement of the migration.</summary>
    private const string Code = "-- code of the migration";

    public IReadOnlyList<StepCommand> Commands { get; } =
    [
        StepCommand.From("", () => observer.Executed(Code)),
        .. commands.SelectMany(command => Arrange(command, scratch, observer, follow)),
    ];

    public CancellationToken Token => limits.Token;

    public bool TimedOut => false;

    public TimeSpan TimeLeft => limits.Timeout ?? TimeSpan.MaxValue;

    public Task RecordAsync(DbTransaction transaction, MigrationRecord record) => Task.CompletedTask;

    public Task CheckAsync()
    {
        observer.Executed(Code);
        return SharedChanges.DemandNoneAsync(scratch, Token);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<StepCommand> Arrange(
        StepCommand command,
        NpgsqlConnection scratch,
        StatementObserver observer,
        Action<string> follow
    )
    {
        // What reaches the server would reach more than the scratch database.
        foreach (
            var statement in Tokens
                .Split(command.CommandText)
                .Select(OutsideStatement.Read)
                .Where(statement => !statement.ReachesServer)
        )
        {
            switch (statement.Kind)
            {
                case OutsideKind.Inside:
                    yield return command.Part(statement.Sql);
                    yield return StepCommand.From("", () => observer.Executed(statement.Sql));
                    break;
                case OutsideKind.EnumValue:
                    yield return StepCommand.From(statement.Sql, () => ReplayStep.AddValue(scratch, statement));
                    break;
                case OutsideKind.TransactionControl:
                    // A run that gets there fails, and says so.
                    break;
                default:
                    follow(statement.Sql);
                    break;
            }
        }
    }
}
