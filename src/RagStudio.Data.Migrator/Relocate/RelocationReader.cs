using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Relocate;

/// <summary>Finds out which tables move with a database, or why it cannot move.</summary>
/// <param name="services">The set that the database is in.</param>
/// <param name="from">The database where it is.</param>
/// <param name="to">The database where it will be.</param>
internal sealed class RelocationReader(MigratorServices services, IMigrationDatabase from, IMigrationDatabase to)
{
    private readonly MigrationSet _set = services.Set;

    private bool IsTargetInSet => _set.Storages.Contains(to.Storage);

    /// <param name="readerOf">Finds the reader of a storage of the set; <see langword="null"/> if it does not exist.</param>
    /// <param name="target">The reader of the target; <see langword="null"/> if it does not exist.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MigrationException">It cannot move.</exception>
    public async Task<RelocatedDatabase> ReadAsync(
        Func<IDatabaseStorage, IStorageReader?> readerOf,
        IStorageReader? target,
        CancellationToken cancellationToken
    )
    {
        var limits = new WorkLimits(services.Options.ValidationTimeout, cancellationToken);
        var applied = await ReadAppliedAsync(readerOf, cancellationToken).ConfigureAwait(false);
        var source = readerOf(from.Storage)!;
        var moved = new RelocatedDatabase(
            from,
            to,
            await FindTablesAsync(source, applied, limits).ConfigureAwait(false)
        );
        if (source.Relocation is not { } relocation || target is { Relocation: null })
        {
            throw Refused("Its storage cannot move tables.");
        }
        if (await relocation.FindTiesAsync(moved, limits).ConfigureAwait(false) is [_, ..] ties)
        {
            throw Refused(
                $"{string.Join(' ', ties)} Nothing may connect its tables with those that stay: drop that first, and create it again afterwards where it fits."
            );
        }
        if (target is not null)
        {
            await DemandFreeAsync(target, relocation, moved, limits).ConfigureAwait(false);
        }
        return moved;
    }

    /// <summary>
    /// Determines if the target contains nothing but the unchanged copy that a killed move has left: what it was made from was
    /// restored.
    /// </summary>
    public async Task<bool> IsLeftoverAsync(
        ITableRelocation source,
        IStorageReader target,
        RelocatedDatabase moved,
        WorkLimits limits
    )
    {
        var lines = await target.Relocation!.ReadLinesAsync(to).ConfigureAwait(false);
        var done = await source.ReadLinesAsync(from).ConfigureAwait(false);
        if (lines is not [var last, ..] || done.Any(line => line.RunId == last.RunId))
        {
            return false;
        }
        var schema = await target.ReadSchemaAsync([to], limits).ConfigureAwait(false);
        return schema.Views.Count == 0
            && schema.Tables.Select(table => table.Name).ToHashSet(to.Names).SetEquals(moved.Tables)
            && RelocatedContent.HashOf(await target.Relocation.ReadAsync(moved.Tables, limits).ConfigureAwait(false))
                == last.Checksum;
    }

    /// <summary>A database that is not up to date is migrated first: then it is known which tables are its own.</summary>
    private async Task<IReadOnlyList<string>> ReadAppliedAsync(
        Func<IDatabaseStorage, IStorageReader?> readerOf,
        CancellationToken cancellationToken
    )
    {
        var plans = await ComparisonReader
            .ReadAsync(_set, readerOf, report: null, cancellationToken)
            .ConfigureAwait(false);
        DatabaseMovedException.ThrowIfMoved(plans.Select(plan => (plan.Database, plan.MovedTo)));
        var refusals = new PlanRefusals(services.Options, services.Backups);
        foreach (var plan in plans)
        {
            if (await refusals.FindAsync(plan, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                throw refusal;
            }
            if (plan.Pending.Count > 0)
            {
                throw new PlanRefusedException(
                    plan.Database,
                    plan.Pending,
                    $"'{plan.Database}' has pending migrations: {VersionList.Format(plan.Pending)}. Run 'ragstudio-db migrate' first."
                );
            }
        }
        return plans.First(plan => plan.Database == from.Name).Applied;
    }

    private async Task<IReadOnlyList<string>> FindTablesAsync(
        IStorageReader source,
        IReadOnlyList<string> applied,
        WorkLimits limits
    )
    {
        DatabaseSchema expected;
        try
        {
            expected = await services
                .Expected.GetAsync(from, applied, report: null, limits.Token)
                .ConfigureAwait(false);
        }
        catch (SchemaUnknownException unknown)
        {
            throw Refused($"Which tables are its own is unknown: {unknown.Message.TrimEnd('.')}.");
        }
        var actual = await source.ReadSchemaAsync(_set.In(from.Storage), limits).ConfigureAwait(false);
        if (expected.Views.Count > 0)
        {
            throw Refused($"It has the view '{expected.Views[0].Name}', which cannot move.");
        }
        if (expected.Tables.FirstOrDefault(table => actual.Find(table.Name) is null) is { } missing)
        {
            throw Refused($"Its table '{missing.Name}' is missing: run 'ragstudio-db validate'.");
        }
        return [.. expected.Tables.Select(table => actual.Find(table.Name)!.Name)];
    }

    /// <summary>Nothing that is in the target already is replaced.</summary>
    private async Task DemandFreeAsync(
        IStorageReader target,
        ITableRelocation source,
        RelocatedDatabase moved,
        WorkLimits limits
    )
    {
        var schema = await target.ReadSchemaAsync([to], limits).ConfigureAwait(false);
        string[] inTheWay =
        [
            .. schema
                .Tables.Select(table => table.Name)
                .Concat(schema.Views.Select(view => view.Name))
                // A file that is not in the set is not in its backup either.
                .Where(name => !IsTargetInSet || moved.Tables.Contains(name, to.Names)),
        ];
        var isApplied = (await target.ReadAsync(to, limits.Token).ConfigureAwait(false)).Applied.Count > 0;
        if (
            (inTheWay.Length > 0 || isApplied)
            && (IsTargetInSet || !await IsLeftoverAsync(source, target, moved, limits).ConfigureAwait(false))
        )
        {
            throw Refused(
                $"'{to.Storage.DisplayName}' is not free for it: it has {(inTheWay.Length > 0 ? string.Join(", ", inTheWay.Select(name => $"'{name}'")) : "a history of migrations")}. Look what that is, and move it out of the way."
            );
        }
    }

    private PlanRefusedException Refused(string reason) =>
        new(from.Name, [], $"'{from.Name}' cannot move from '{from.Storage.DisplayName}'. {reason}");
}
