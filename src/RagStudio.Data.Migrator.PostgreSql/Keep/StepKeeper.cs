using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>Keeps what one migration drops, and brings back what its opposite has dropped.</summary>
/// <param name="connection">The run's connection.</param>
/// <param name="step">The migration.</param>
/// <param name="options">The options of its database.</param>
/// <param name="policy">What it does about what it cannot keep.</param>
/// <param name="records">The records of what migrations drop.</param>
/// <param name="before">The tables before the migration.</param>
internal sealed class StepKeeper(
    NpgsqlConnection connection,
    KeptStep step,
    PostgreSqlDatabaseOptions options,
    UnkeptLossPolicy policy,
    DropRecords records,
    ContentSnapshot before
)
{
    private readonly List<(DroppedContent Content, DroppedData Data, Cover? Cover)> _dropped = [];
    private IReadOnlyList<DropRecord> _opposite = [];
    private KeepsakeReturn? _return;

    public KeptStep Step => step;

    /// <exception cref="RefusedStepException">Something cannot be kept.</exception>
    public async Task BeginAsync(
        IReadOnlyList<DroppedContent> known,
        LossCover cover,
        bool hasKeepsakes,
        CancellationToken cancellationToken
    )
    {
        var writer = new KeepsakeWriter(connection, step, options.KeepsakeLimit);
        foreach (var content in known)
        {
            var (kept, reason) = await writer.TryKeepAsync(content, cancellationToken).ConfigureAwait(false);
            if (kept is not null)
            {
                Add(content, DroppedDataFate.Kept, $"Kept {content.DisplayName}: {Count(kept.Rows)}.", kept: kept);
            }
            else if (reason is not null)
            {
                AddUnkept(new UnkeptContent(step, content, reason, options), cover);
            }
        }
        _opposite = await records.FindOppositeAsync(step, cancellationToken).ConfigureAwait(false);
        if (hasKeepsakes)
        {
            var returning = await KeptSchema
                .FindOppositeAsync(connection, step, cancellationToken)
                .ConfigureAwait(false);
            _return = returning.Count == 0 ? null : new KeepsakeReturn(connection, before, returning);
        }
    }

    public StepCommand Arrange(StepCommand command) =>
        _return is { } returned ? command.Completed(returned.RunAsync) : command;

    /// <param name="database">The name of the database on its server.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyList<DroppedData>> RecordAsync(string database, CancellationToken cancellationToken)
    {
        foreach (var (content, data, cover) in _dropped)
        {
            await records.AddAsync(step, content, data.Fate, cover, cancellationToken).ConfigureAwait(false);
        }
        if (_return is not null)
        {
            await _return.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        foreach (var (keepsake, rows) in _return?.Returned ?? [])
        {
            var note = $"{Count(rows)} of {keepsake.Content.DisplayName} came back.";
            Add(keepsake.Content, DroppedDataFate.Returned, note, keepsake with { Rows = rows });
        }
        if (_opposite.Count > 0)
        {
            await MissAsync(database, cancellationToken).ConfigureAwait(false);
            await records.EndOppositeAsync(step, cancellationToken).ConfigureAwait(false);
        }
        return [.. _dropped.Select(one => one.Data)];
    }

    private void AddUnkept(UnkeptContent unkept, LossCover covers)
    {
        if (policy == UnkeptLossPolicy.Refuse)
        {
            throw unkept.Refuse();
        }
        if (policy == UnkeptLossPolicy.LoseForever)
        {
            Add(unkept.Content, DroppedDataFate.Lost, $"Dropped {unkept.Describe()}. It is lost.");
        }
        else if (covers.Find(step, unkept.Content) is not { } cover)
        {
            covers.Await(unkept);
        }
        else if (cover.Newer > 0)
        {
            throw unkept.Refuse(
                $"{Count(cover.Newer)} of the table were written after {cover.DisplayName} was made, and no backup has them. Stop what writes there, and try again."
            );
        }
        else
        {
            var note = $"Dropped {unkept.Describe()}. It is in {cover.DisplayName}.";
            Add(unkept.Content, cover.Fate, note, cover: cover);
        }
    }

    /// <summary>Tells what has a place again, and has not come back to it.</summary>
    private async Task MissAsync(string database, CancellationToken cancellationToken)
    {
        var now = await ContentSnapshot.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        string? owner = null;
        foreach (var record in _opposite.Where(record => now.HasNewPlaceFor(record.Content, before)))
        {
            if (_return?.Returned.Any(one => one.Keepsake.Content.IsSame(record.Content)) == true)
            {
                continue;
            }
            if (record.Fate == DroppedDataFate.Kept && _return is null)
            {
                owner ??= await FindForeignOwnerAsync(cancellationToken).ConfigureAwait(false);
            }
            Miss(record, owner, database);
        }
    }

    private async Task<string?> FindForeignOwnerAsync(CancellationToken cancellationToken) =>
        await KeptSchema.ExistsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? null
            : await KeptSchema.FindOwnerAsync(connection, cancellationToken).ConfigureAwait(false);

    private void Miss(DropRecord record, string? owner, string database)
    {
        var where = owner is null
            ? record.Describe(database)
            : $"It is kept in the schema {KeptSchema.Name} of the role '{owner}', which the role of this run may not read.";
        if (owner is not null && policy != UnkeptLossPolicy.LoseForever)
        {
            throw new RefusedStepException(
                step.Version,
                $"{record.Content.DisplayName} would not come back. {where} Run as that role, or grant it to the role of this run; {nameof(PostgreSqlDatabaseOptions)}.{nameof(PostgreSqlDatabaseOptions.UnkeptLoss)} = {nameof(UnkeptLossPolicy.LoseForever)}, or --unkept-loss lose-forever, goes on without."
            );
        }
        var note = $"{record.Content.DisplayName}, dropped by the run {record.RunId}, did not come back. {where}";
        _dropped.Add(
            (
                record.Content,
                new DroppedData(
                    step.Database,
                    step.Version,
                    record.Content.Name,
                    DroppedDataFate.NotReturned,
                    Rows: 0,
                    Bytes: 0,
                    record.Reference,
                    char.ToUpperInvariant(note[0]) + note[1..]
                ),
                null
            )
        );
    }

    private void Add(
        DroppedContent content,
        DroppedDataFate fate,
        string note,
        Keepsake? kept = null,
        Cover? cover = null
    ) =>
        _dropped.Add(
            (
                content,
                new DroppedData(
                    step.Database,
                    step.Version,
                    content.Name,
                    fate,
                    kept?.Rows ?? 0,
                    kept?.Bytes ?? 0,
                    cover?.Reference,
                    note
                ),
                cover
            )
        );

    private static string Count(long rows) =>
        rows == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{rows} rows");
}
