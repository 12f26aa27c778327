using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>Copies the databases for a rehearsal.</summary>
/// <param name="run">The run.</param>
/// <param name="readers">The existing databases; those of a set that do not exist are created again in the copy.</param>
/// <param name="scratch">The place of the copies.</param>
internal sealed class RehearsalCopies(
    MigrationRun run,
    IReadOnlyDictionary<IDatabaseStorage, IStorageReader> readers,
    IScratch scratch
)
{
    private readonly Dictionary<IDatabaseStorage, IDatabaseStorage> _copies = [];
    private readonly Dictionary<IDatabaseStorage, IReadOnlyList<ClonedTable>> _tables = [];
    private readonly List<string> _targets = [];

    /// <summary>The databases that are migrated instead of copies.</summary>
    public IReadOnlyList<string> Targets => _targets;

    /// <summary>How much of each storage was copied.</summary>
    public IReadOnlyDictionary<IDatabaseStorage, IReadOnlyList<ClonedTable>> Tables => _tables;

    /// <summary>The rows that were copied; <see langword="null"/> if all were.</summary>
    public RehearsalSample? Sample
    {
        get
        {
            ClonedTable[] all = [.. _tables.Values.SelectMany(tables => tables)];
            string[] incomplete = [.. all.Where(table => table.Rows < table.TotalRows).Select(table => table.Table)];
            return incomplete.Length == 0
                ? null
                : new RehearsalSample(all.Sum(table => table.Rows), all.Sum(table => table.TotalRows), incomplete);
        }
    }

    /// <returns>The copies.</returns>
    /// <exception cref="NoScratchException">A storage cannot be copied as it is.</exception>
    public async Task<IReadOnlyDictionary<IDatabaseStorage, IDatabaseStorage>> CreateAsync(
        CancellationToken cancellationToken
    )
    {
        if (run.Options.RehearseByMigrating.Keys.FirstOrDefault(key => !run.Set.Names.Contains(key)) is { } unknown)
        {
            throw new NoScratchException($"RehearseByMigrating names '{unknown}', which is no database of the set.")
            {
                IsRefusal = true,
            };
        }
        foreach (var storage in run.Set.Storages)
        {
            var name = run.Set.In(storage)[0].Name;
            var target = TargetOf(storage);
            _copies[storage] = await scratch
                .ReserveAsync(storage, name, target, cancellationToken)
                .ConfigureAwait(false);
            if (target is not null)
            {
                _targets.Add(_copies[storage].DisplayName);
            }
            if (readers.GetValueOrDefault(storage) is { } reader)
            {
                await CopyAsync(storage, reader, name, cancellationToken).ConfigureAwait(false);
            }
        }
        return _copies;
    }

    private string? TargetOf(IDatabaseStorage storage)
    {
        string[] targets =
        [
            .. run
                .Set.In(storage)
                .Select(database =>
                    run.Options.RehearseByMigrating.TryGetValue(database.Name, out var target) ? target : null
                )
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
        return targets.Length <= 1
            ? targets.FirstOrDefault()
            : throw new NoScratchException(
                $"RehearseByMigrating names several databases for '{storage.DisplayName}', which is one."
            )
            {
                IsRefusal = true,
            };
    }

    private async Task CopyAsync(
        IDatabaseStorage storage,
        IStorageReader reader,
        string name,
        CancellationToken cancellationToken
    )
    {
        var limits = new WorkLimits(run.Options.BackupTimeout, cancellationToken);
        var progress = run.CopyProgress(new MigrationProgress(MigrationPhase.Plan, name) { IsRehearsal = true });
        try
        {
            if (scratch.Replays(_copies[storage]))
            {
                await DemandAsReplayedAsync(storage, reader, limits).ConfigureAwait(false);
            }
            var request = await RequestAsync(storage, reader, cancellationToken).ConfigureAwait(false);
            _tables[storage] = await reader
                .CloneAsync(_copies[storage], request, progress, limits)
                .ConfigureAwait(false);
        }
        catch (Exception failure)
            when (failure is not (MigrationException or NoScratchException or OperationCanceledException))
        {
            throw new RunFailedException(run.Activity, MigrationPhase.Plan, DataState.Unchanged, failure);
        }
    }

    /// <summary>A replay would make another schema than the one that the run will find.</summary>
    private async Task DemandAsReplayedAsync(IDatabaseStorage storage, IStorageReader reader, WorkLimits limits)
    {
        var databases = run.Set.In(storage);
        var schema = await reader.ReadSchemaAsync(databases, limits).ConfigureAwait(false);
        var check = await SchemaCheck
            .CreateAsync(
                databases,
                reader,
                schema,
                run.Services.Expected,
                SchemaBasis.Fingerprint,
                report: null,
                limits
            )
            .ConfigureAwait(false);
        if (check.Findings.SelectMany(finding => finding.First).FirstOrDefault() is { } difference)
        {
            throw new NoScratchException(
                $"a copy would not be like '{storage.DisplayName}', whose schema differs from what its migrations create: {difference.Detail}."
            );
        }
    }

    private async Task<CloneRequest> RequestAsync(
        IDatabaseStorage storage,
        IStorageReader reader,
        CancellationToken cancellationToken
    )
    {
        var databases = new List<ClonedDatabase>();
        foreach (var database in run.Set.In(storage))
        {
            var state = await reader.ReadAsync(database, cancellationToken).ConfigureAwait(false);
            var applied = MigrationPlanner.Compare(database, state.Applied).Applied;
            databases.Add(
                new ClonedDatabase(
                    database,
                    applied,
                    CompiledLookup.FindCurrent(database, applied),
                    (version, when) => run.Set.CodeFor(database.Name, version, when)
                )
            );
        }
        return new CloneRequest(databases, run.Options.RehearsalRows);
    }
}
