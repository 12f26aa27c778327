using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>Compares the databases of a set with every version of theirs, and decides what adopting them does.</summary>
/// <param name="services">The set.</param>
/// <param name="options">The choices.</param>
/// <param name="report">Receives the progress of replays.</param>
internal sealed class AdoptionReader(MigratorServices services, AdoptOptions options, Action<MigrationProgress> report)
{
    private readonly MigrationSet _set = services.Set;

    /// <param name="readerOf">Finds the reader of a storage; <see langword="null"/> if the storage does not exist.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A decision for each database of the set.</returns>
    /// <exception cref="InvalidVersionException">No database has the version.</exception>
    /// <exception cref="DatabaseNewerException">A newer program wrote a database.</exception>
    /// <exception cref="DatabaseMovedException">The data of a database was copied elsewhere.</exception>
    public async Task<IReadOnlyList<(AdoptionFacts Facts, DatabaseAdoption Adoption)>> ReadAsync(
        Func<IDatabaseStorage, IStorageReader?> readerOf,
        CancellationToken cancellationToken
    )
    {
        var wanted = AdoptedVersion.Resolve(_set, options.Version);
        var facts = new Dictionary<IMigrationDatabase, AdoptionFacts>();
        foreach (var storage in _set.Storages)
        {
            foreach (
                var found in await ReadAsync(storage, readerOf(storage), wanted, cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                facts[found.Database] = found;
            }
        }
        return
        [
            .. _set
                .Databases.Select(database => facts[database])
                .Select(found => (found, new AdoptionPlanner(found, wanted[found.Database]).Plan())),
        ];
    }

    private async Task<IReadOnlyList<AdoptionFacts>> ReadAsync(
        IDatabaseStorage storage,
        IStorageReader? reader,
        IReadOnlyDictionary<IMigrationDatabase, string?> wanted,
        CancellationToken cancellationToken
    )
    {
        var databases = _set.In(storage);
        if (reader is null)
        {
            return [.. databases.Select(database => FactsOf(database, DatabaseState.Empty))];
        }
        var limits = new WorkLimits(services.Options.ValidationTimeout, cancellationToken);
        var schema = await reader.ReadSchemaAsync(databases, limits).ConfigureAwait(false);
        var compared = new List<AdoptionFacts>();
        foreach (var database in databases)
        {
            var facts = FactsOf(database, await reader.ReadAsync(database, cancellationToken).ConfigureAwait(false));
            await DemandUsableAsync(facts.Comparison, cancellationToken).ConfigureAwait(false);
            compared.Add(
                await CompareAsync(facts, schema, databases.Count == 1, wanted[database], cancellationToken)
                    .ConfigureAwait(false)
            );
        }
        return await AddOtherTablesAsync(compared, schema, reader, limits).ConfigureAwait(false);
    }

    private static AdoptionFacts FactsOf(IMigrationDatabase database, DatabaseState state) =>
        new(
            database,
            state.Applied,
            MigrationPlanner.Compare(database, state.Applied) with
            {
                MovedTo = state.MovedTo,
            }
        );

    private async Task DemandUsableAsync(MigrationComparison plan, CancellationToken cancellationToken)
    {
        DatabaseMovedException.ThrowIfMoved([(plan.Database, plan.MovedTo)]);
        if (
            await new PlanRefusals(services.Options, services.Backups)
                .FindNewerAsync(plan, cancellationToken)
                .ConfigureAwait(false) is
            { } newer
        )
        {
            throw newer;
        }
    }

    private async Task<AdoptionFacts> CompareAsync(
        AdoptionFacts facts,
        DatabaseSchema schema,
        bool isAlone,
        string? wanted,
        CancellationToken cancellationToken
    )
    {
        var database = facts.Database;
        if (schema.Tables.Count == 0 && facts.Rows.Count == 0)
        {
            return facts;
        }
        facts = facts with { DataMigrations = DataMigrations.Find(database, services.Expected) };
        if (
            isAlone
            && services.Expected.FindEqualAsCompiled(database, schema) is { Count: > 0 } equal
            && (wanted is null || equal.Contains(wanted, MigrationIdComparer.Default))
        )
        {
            return facts with
            {
                HasTables = true,
                Differences =
                [
                    null,
                    .. database.Migrations.Select(known =>
                        equal.Contains(known.Version) ? Array.Empty<ObjectDifference>() : null
                    ),
                ],
            };
        }
        var (versions, problem) = await services
            .Expected.ReplayEachAsync(
                database,
                (done, total) =>
                    report(ReplayProgress.Schema(database.Name, done, total) with { Phase = MigrationPhase.Plan }),
                cancellationToken
            )
            .ConfigureAwait(false);
        var schemas = new VersionSchemas([(AdoptedVersion.None, DatabaseSchema.Empty), .. versions], database.Names);
        var known = schemas.Known(schema);
        var differences = schemas.Compare(known);
        return facts with
        {
            HasTables = known.Tables.Count > 0 || (problem is not null && schema.Tables.Count > 0),
            Versions = schemas,
            // What an unknown version makes cannot be told from another program's tables.
            Differences = [problem is null ? differences[0] : null, .. differences.Skip(1)],
            Problem = problem,
            IsAsHistory = await IsAsHistoryAsync(facts, known, cancellationToken).ConfigureAwait(false),
            UnknownColumns = [.. known.Tables.SelectMany(schemas.UnknownColumnsOf)],
        };
    }

    /// <summary>True if the migrations in the history, with gaps between them, make the schema.</summary>
    private async Task<bool> IsAsHistoryAsync(
        AdoptionFacts facts,
        DatabaseSchema known,
        CancellationToken cancellationToken
    )
    {
        var applied = facts.Comparison.Applied;
        if (facts.Comparison.OutOfOrder.Count == 0)
        {
            return false;
        }
        try
        {
            var expected = await services
                .Expected.GetAsync(facts.Database, applied, report: null, cancellationToken)
                .ConfigureAwait(false);
            return SchemaComparer.Differences(expected, known).Count == 0;
        }
        // Without the migrations in between, the others may not run.
        catch (SchemaUnknownException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<AdoptionFacts>> AddOtherTablesAsync(
        List<AdoptionFacts> compared,
        DatabaseSchema schema,
        IStorageReader reader,
        WorkLimits limits
    )
    {
        if (compared.Any(one => one.Versions is null))
        {
            // Either the schema is exactly that of a version, or there is none.
            return compared;
        }
        var others = schema.Tables.Where(table => !compared.Any(one => one.Versions!.HasTable(table.Name))).ToArray();
        var result = new List<AdoptionFacts>();
        foreach (var facts in compared)
        {
            var left = others
                .Select(table => (Table: table, Rebuilt: facts.Database.Dialect.FindRebuilt(table.Name)))
                .Where(pair => pair.Rebuilt is { } rebuilt && facts.Versions!.HasColumnsOf(pair.Table, rebuilt))
                .ToArray();
            var rows = await reader
                .CountRowsAsync([.. left.Select(pair => pair.Table.Name)], limits)
                .ConfigureAwait(false);
            // A version that was not compared may make them.
            var unexpected = compared.Any(one => one.Problem is not null)
                ? []
                : others.Except(left.Select(pair => pair.Table)).ToArray();
            result.Add(
                facts with
                {
                    Leftovers =
                    [
                        .. left.Select(pair =>
                            Leftover(
                                pair.Table.Name,
                                pair.Rebuilt!,
                                rows[pair.Table.Name],
                                schema.Find(pair.Rebuilt!) is null
                            )
                        ),
                    ],
                    UnexpectedTables = [.. unexpected.Select(Describe)],
                    HasOtherTables = unexpected.Any(table => ForeignTool.Find(table) is null),
                }
            );
        }
        return result;
    }

    private LeftoverTable Leftover(string name, string rebuilt, long rows, bool isOnlyCopy) =>
        new(
            name,
            rebuilt,
            rows,
            isOnlyCopy,
            IsDropped: !isOnlyCopy
                && options.Leftovers switch
                {
                    LeftoverTables.DropWithRows => true,
                    LeftoverTables.DropEmpty => rows == 0,
                    _ => false,
                }
        );

    private static string Describe(TableSchema table) =>
        ForeignTool.Find(table) is { } tool ? $"{table.Name} (the columns are those of {tool})" : table.Name;
}
