using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>
/// Keeps what the migrations of a run drop, and brings back what their opposites have dropped. What a migration drops is
/// known when it has: the run is then rolled back, and keeps that first when it is made again. So a run that is not one
/// transaction keeps nothing.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="address">Its database.</param>
internal sealed class RunKeeper(RunIdentity run, ServerAddress address)
{
    private readonly Dictionary<KeptStep, List<DroppedContent>> _planned = [];
    private readonly LossCover _cover = new(run.Id);
    private readonly List<DroppedData> _dropped = [];
    private NpgsqlConnection? _connection;
    private ContentSnapshot? _atBegin;
    private ContentSnapshot? _before;
    private StepKeeper? _step;
    private bool _hasKeepsakes;
    private bool _hasNew;

    /// <summary>What the steps since the beginning have dropped and brought back.</summary>
    public IReadOnlyList<DroppedData> Dropped => _dropped;

    /// <summary>Looks around before anything is changed or locked. With nothing there, nothing can be lost.</summary>
    public async Task LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        (_hasNew, _step) = (false, null);
        _dropped.Clear();
        _before = _atBegin = await ContentSnapshot.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        _connection = _atBegin.IsEmpty ? null : connection;
        _hasKeepsakes =
            _connection is not null
            && await KeptSchema.ExistsAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Locks what the migrations are known to lose.</summary>
    public Task BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        _cover.BeginAsync(connection, _atBegin!, cancellationToken);

    /// <summary>Keeps what the migration is known to drop, and looks for what its opposite has dropped.</summary>
    /// <exception cref="RefusedStepException">Something cannot be kept.</exception>
    public async Task BeginStepAsync(
        IPostgreSqlDatabase database,
        string schema,
        string version,
        bool reverts,
        CancellationToken cancellationToken
    )
    {
        if (_connection is null)
        {
            return;
        }
        var step = new KeptStep(run.Id, database.Owner, database.Name, version, reverts);
        _step = new StepKeeper(
            _connection,
            step,
            database.Options,
            PolicyOf(database.Options),
            new DropRecords(_connection, schema),
            _before!
        );
        await _step
            .BeginAsync(_planned.GetValueOrDefault(step) ?? [], _cover, _hasKeepsakes, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>A rehearsal loses nothing that a backup would be made of.</summary>
    private UnkeptLossPolicy PolicyOf(PostgreSqlDatabaseOptions options) =>
        run.IsRehearsal && options.UnkeptLoss != UnkeptLossPolicy.Refuse
            ? UnkeptLossPolicy.LoseForever
            : options.UnkeptLoss;

    /// <summary>Completes a command so that a constraint finds the values that it needs.</summary>
    public StepCommand Arrange(StepCommand command) => _step?.Arrange(command) ?? command;

    /// <summary>Brings back the rest, and records what was dropped and brought back.</summary>
    /// <returns>Sentences for the history; <see langword="null"/> if there is nothing to tell.</returns>
    /// <exception cref="RefusedStepException">What was kept cannot come back.</exception>
    public async Task<string?> RecordStepAsync(CancellationToken cancellationToken)
    {
        if (_step is null)
        {
            return null;
        }
        var dropped = await _step.RecordAsync(address.Database, cancellationToken).ConfigureAwait(false);
        _dropped.AddRange(dropped);
        return dropped.Count == 0 ? null : string.Join(' ', dropped.Select(data => data.Note));
    }

    /// <summary>Finds what the migration has dropped.</summary>
    public async Task EndStepAsync(CancellationToken cancellationToken)
    {
        if (_connection is null || _step is null)
        {
            return;
        }
        var after = await ContentSnapshot.ReadAsync(_connection, cancellationToken).ConfigureAwait(false);
        var known = _planned.GetValueOrDefault(_step.Step) ?? [];
        var dropped = _before!.FindDropped(after, _atBegin!).Where(content => !known.Exists(content.IsSame)).ToArray();
        _before = after;
        if (dropped.Length == 0)
        {
            return;
        }
        _planned[_step.Step] = [.. known, .. dropped];
        _hasNew = true;
    }

    /// <exception cref="KeepFirstException">Something was dropped that was not kept, or that no backup has.</exception>
    public void DemandKept()
    {
        if (_hasNew || _cover.IsAwaiting)
        {
            throw new KeepFirstException();
        }
    }

    /// <inheritdoc cref="LossCover.CoverAsync"/>
    public Task CoverAsync(
        NpgsqlConnection connection,
        Func<CancellationToken, Task<CreatedCopies>> backUpAsync,
        CancellationToken cancellationToken
    ) => _cover.CoverAsync(connection, address, backUpAsync, cancellationToken);

    /// <inheritdoc cref="LossCover.SeeDumpAsync"/>
    public Task SeeDumpAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        _cover.SeeDumpAsync(connection, cancellationToken);
}
