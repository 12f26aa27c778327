using System.Data.Common;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>A migration that is replayed in a scratch database, as EF runs it.</summary>
internal sealed class ReplayStep(NpgsqlConnection connection, IReadOnlyList<StepCommand> commands, WorkLimits limits)
    : IMigrationStepScope
{
    public IReadOnlyList<StepCommand> Commands { get; } =
    [.. commands.SelectMany(command => Arrange(command, connection))];

    public CancellationToken Token => limits.Token;

    public bool TimedOut => false;

    public TimeSpan TimeLeft => limits.Timeout ?? TimeSpan.MaxValue;

    public Task RecordAsync(DbTransaction transaction, MigrationRecord record) => Task.CompletedTask;

    public Task CheckAsync() => SharedChanges.DemandNoneAsync(connection, Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// A new value of an enum can be used only after the transaction that added it. What does not change the schema is left
    /// out: it takes long, or would change other databases and the server.
    /// </summary>
    private static IEnumerable<StepCommand> Arrange(StepCommand command, NpgsqlConnection connection)
    {
        var parts = Tokens.Split(command.CommandText).Select(OutsideStatement.Read).ToArray();
        return parts.Any(part => part.LeavesSchema || part.Kind == OutsideKind.EnumValue)
            ? parts
                .Where(part => !part.LeavesSchema)
                .Select(part =>
                    part.Kind == OutsideKind.EnumValue
                        ? StepCommand.From(part.Sql, () => AddValue(connection, part))
                        : command.Part(part.Sql)
                )
            : [command];
    }

    internal static void AddValue(NpgsqlConnection connection, OutsideStatement statement)
    {
        try
        {
            using var other = (NpgsqlConnection)((ICloneable)connection).Clone();
            other.Open();
            other.Execute(statement.Sql);
        }
        catch (PostgresException failure)
            when (failure.SqlState is PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.InvalidSchemaName
                && statement.EnumValue is not null
            )
        {
            // The same migration has created the type.
            EnumRebuild.Add(connection, statement.EnumValue);
        }
    }
}
