using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>
/// Keeps what the migrations of a run drop, and brings back what their opposites have dropped. What a migration drops is
/// known when it has: the run is then rolled back, and keeps that first when it is made again. So a run that is not one
/// transaction keeps nothing.
/// </summary>
internal sealed class RunKeeper(string runId)
{
    private readonly Dictionary<KeptStep, List<DroppedContent>> _planned = [];
    private NpgsqlConnection? _connection;
    private ContentSnapshot? _atBegin;
    private ContentSnapshot? _before;
    private KeptStep? _step;
    private PostgreSqlDatabaseOptions _options = new();
    private KeepsakeReturn? _return;
    private bool _hasKeepsakes;
    private bool _hasNew;

    /// <summary>Looks around before the first migration. With nothing there, nothing can be lost.</summary>
    public async Task BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        _hasNew = false;
        _before = _atBegin = await ContentSnapshot.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        _connection = _atBegin.IsEmpty ? null : connection;
        _hasKeepsakes =
            _connection is not null
            && await KeptSchema.ExistsAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps what the migration is known to drop, and looks for what its opposite has dropped.</summary>
    /// <exception cref="RefusedStepException">Something cannot be kept.</exception>
    public async Task BeginStepAsync(
        IPostgreSqlDatabase database,
        string version,
        bool reverts,
        CancellationToken cancellationToken
    )
    {
        (_step, _return) = (new KeptStep(runId, database.Owner, database.Name, version, reverts), null);
        _options = database.Options;
        if (_connection is null)
        {
            return;
        }
        if (_planned.TryGetValue(_step, out var dropped))
        {
            await KeepAsync(_step, dropped, cancellationToken).ConfigureAwait(false);
        }
        if (_hasKeepsakes)
        {
            var kept = await KeptSchema.FindOppositeAsync(_connection, _step, cancellationToken).ConfigureAwait(false);
            _return = kept.Count == 0 ? null : new KeepsakeReturn(_connection, _before!, kept);
        }
    }

    /// <summary>Completes a command so that a constraint finds the values that it needs.</summary>
    public StepCommand Arrange(StepCommand command) =>
        _return is { } returned ? command.Completed(returned.RunAsync) : command;

    /// <summary>Brings back the rest, and finds what the migration has dropped.</summary>
    public async Task EndStepAsync(CancellationToken cancellationToken)
    {
        if (_connection is null)
        {
            return;
        }
        if (_return is not null)
        {
            await _return.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        var after = await ContentSnapshot.ReadAsync(_connection, cancellationToken).ConfigureAwait(false);
        var known = _planned.GetValueOrDefault(_step!) ?? [];
        var dropped = _before!.FindDropped(after, _atBegin!).Where(content => !known.Exists(content.IsSame)).ToArray();
        _before = after;
        if (dropped.Length == 0)
        {
            return;
        }
        _planned[_step!] = [.. known, .. dropped];
        _hasNew = true;
    }

    /// <exception cref="KeepFirstException">Something was dropped that was not kept.</exception>
    public void DemandKept()
    {
        if (_hasNew)
        {
            throw new KeepFirstException();
        }
    }

    private async Task KeepAsync(KeptStep step, List<DroppedContent> dropped, CancellationToken cancellationToken)
    {
        var writer = new KeepsakeWriter(_connection!, step, _options.KeepsakeLimit);
        foreach (var content in dropped)
        {
            if (
                await writer.TryKeepAsync(content, cancellationToken).ConfigureAwait(false) is { } reason
                && !_options.AllowLossWithoutKeepsake
            )
            {
                throw Refuse(content, reason);
            }
        }
    }

    private RefusedStepException Refuse(DroppedContent content, string reason) =>
        new(
            _step!.Version,
            $"it drops {content.DisplayName}, which cannot be kept for a way back: {reason}. Remove the cause, or accept the loss by {nameof(PostgreSqlDatabaseOptions)}.{nameof(PostgreSqlDatabaseOptions.AllowLossWithoutKeepsake)}."
        );
}
