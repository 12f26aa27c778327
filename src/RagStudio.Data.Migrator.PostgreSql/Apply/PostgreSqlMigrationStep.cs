using System.Data.Common;
using System.Diagnostics;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>A migration while it runs on a connection.</summary>
internal sealed class PostgreSqlMigrationStep : IMigrationStepScope
{
    /// <summary>
    /// Checks what PostgreSQL would check at the commit, and leaves it deferred: what the savepoint undoes is checked again.
    /// </summary>
    private const string CheckDeferred =
        "SAVEPOINT deferred; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK TO SAVEPOINT deferred; RELEASE SAVEPOINT deferred";

    private readonly NpgsqlConnection _connection;
    private readonly IPostgreSqlDatabase _database;
    private readonly WorkLimits _limits;
    private readonly StepRun _run;
    private readonly WatchedRows _rows;
    private readonly CancellationTokenSource _deadline;
    private readonly Stopwatch _running = Stopwatch.StartNew();

    public PostgreSqlMigrationStep(
        NpgsqlConnection connection,
        IPostgreSqlDatabase database,
        IReadOnlyList<StepCommand> commands,
        WorkLimits limits,
        WatchedRows rows,
        StepRun run
    )
    {
        (_connection, _database, _limits, _rows, _run) = (connection, database, limits, rows, run);
        Commands = [.. commands.SelectMany(command => run.Arrange(command, limits.Timeout))];
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(limits.Token);
        if (limits.Timeout is { } timeout)
        {
            _deadline.CancelAfter(timeout);
        }
    }

    public IReadOnlyList<StepCommand> Commands { get; private set; }

    public CancellationToken Token => _deadline.Token;

    public bool TimedOut => _deadline.IsCancellationRequested && !_limits.Token.IsCancellationRequested;

    public TimeSpan TimeLeft =>
        _limits.Timeout is { } timeout
            ? TimeSpan.FromTicks(Math.Max(0, (timeout - _running.Elapsed).Ticks))
            : TimeSpan.MaxValue;

    /// <summary>The server stops a statement by itself soon after the driver should have asked for it.</summary>
    public async Task BeginAsync(string version)
    {
        await _run
            .Keeper.BeginStepAsync(_database, _run.SchemaOf(_database), version, _run.IsReverting, Token)
            .ConfigureAwait(false);
        Commands = [.. Commands.Select(_run.Keeper.Arrange)];
        await _rows.BeginAsync(Token).ConfigureAwait(false);
        if (_run.IsTransaction)
        {
            var limit = _limits.Timeout is { } timeout ? (long)Math.Ceiling(timeout.TotalMilliseconds) + 1000 : 0;
            await _connection
                .ExecuteAsync(FormattableString.Invariant($"SET LOCAL statement_timeout = {limit}"), Token)
                .ConfigureAwait(false);
        }
    }

    public async Task RecordAsync(DbTransaction transaction, MigrationRecord record)
    {
        var writer = await _run.WriterAsync(_database, Token).ConfigureAwait(false);
        var line = record;
        if (record.Event is MigrationEvent.Applied or MigrationEvent.Reverted)
        {
            var dropped = await _run.Keeper.RecordStepAsync(Token).ConfigureAwait(false);
            line = record with { Detail = record.Detail is null ? dropped : $"{record.Detail} {dropped}".TrimEnd() };
        }
        await writer.AppendAsync(_database.Owner, line).ConfigureAwait(false);
    }

    public async Task CheckAsync()
    {
        await _run.Keeper.EndStepAsync(Token).ConfigureAwait(false);
        if (_run.IsTransaction)
        {
            await _connection
                .ExecuteAsync($"{CheckDeferred}; SET LOCAL statement_timeout = 0", Token)
                .ConfigureAwait(false);
        }
        await _rows.ReportAsync(Token).ConfigureAwait(false);
        if (_run.HasNewTypes)
        {
            // For code and seeding, as EF does at the end of its migrations.
            await _connection.ReloadTypesAsync(Token).ConfigureAwait(false);
            _run.HasNewTypes = false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _deadline.Dispose();
        return ValueTask.CompletedTask;
    }
}
