using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>Decides what a database is, and what adopting it does.</summary>
/// <param name="facts">What the database shows.</param>
/// <param name="wanted">The version that a person has named; otherwise <see langword="null"/>.</param>
internal sealed class AdoptionPlanner(AdoptionFacts facts, string? wanted)
{
    private readonly string[] _versions =
    [
        AdoptedVersion.None,
        .. facts.Database.Migrations.Select(known => known.Version),
    ];

    private readonly int[] _equal =
    [
        .. facts.Differences.Index().Where(one => one.Item is { Count: 0 }).Select(one => one.Index),
    ];

    private IReadOnlyList<string> Applied => facts.Comparison.Applied;

    public DatabaseAdoption Plan()
    {
        var nearest = FindNearest();
        var what = Classify(nearest);
        var text = new AdoptionText(facts, what, [.. _equal.Select(i => _versions[i])], [.. nearest.Select(Describe)]);
        var plan = new DatabaseAdoption(facts.Database.Name, what, Version: null, text.Finding)
        {
            EqualVersions = text.Equal,
            Nearest = text.Nearest,
            UnexpectedTables = facts.UnexpectedTables,
            Leftovers = facts.Leftovers,
        };
        if (wanted is null && what is AdoptionCase.Empty or AdoptionCase.Fitting)
        {
            return plan;
        }
        if ((wanted is null ? Propose(what) : Array.IndexOf(_versions, wanted)) is not { } chosen)
        {
            return plan with { Refusal = text.Undecided(), Choices = Choices(nearest) };
        }
        return text.FindObjection(_versions[chosen]) is { } objection
            ? plan with
            {
                Refusal = objection,
            }
            : Record(plan, chosen);
    }

    private DatabaseAdoption Record(DatabaseAdoption plan, int chosen) =>
        plan with
        {
            Version = _versions[chosen],
            Differences = DifferencesTo(chosen),
            AddedRows = AddedBy(chosen),
            RemovedRows = RemovedBy(chosen),
        };

    /// <summary>
    /// Proposes the only version that is equal, or the newest of several without a migration between them that may change rows:
    /// the schema does not tell if such a one has run. What a history says is never changed without a person's choice, nor is
    /// a file taken that another application may own.
    /// </summary>
    private int? Propose(AdoptionCase what) =>
        what != AdoptionCase.NoHistory || facts.Problem is not null || facts.HasOtherTables || _equal.Length == 0 ? null
        : Enumerable.Range(_equal[0] + 1, _equal[^1] - _equal[0]).All(LeavesEverything) ? _equal[^1]
        : null;

    private bool LeavesEverything(int version) =>
        _equal.Contains(version) && !facts.DataMigrations.Contains(_versions[version]);

    private AdoptionCase Classify(int[] nearest)
    {
        if (!facts.HasTables && facts.Rows.Count == 0)
        {
            return AdoptionCase.Empty;
        }
        if (_equal.Length == 0 ? facts.IsAsHistory : _equal.Any(i => ChangesBy(i) == 0))
        {
            return AdoptionCase.Fitting;
        }
        if (_equal.Length == 0)
        {
            return nearest.Length == 2 ? AdoptionCase.HalfMigrated
                : facts.Rows.Count == 0 ? AdoptionCase.NoHistory
                : AdoptionCase.Different;
        }
        var like = _equal.MinBy(ChangesBy);
        return facts.Rows.Count == 0 ? AdoptionCase.NoHistory
            : RemovedBy(like).Length > 0 ? AdoptionCase.SurplusRows
            : facts.Comparison.Unknown.Count > 0 ? AdoptionCase.RenamedRows
            : AdoptionCase.MissingRows;
    }

    /// <summary>
    /// Finds the version with the fewest differences if none is equal; of several, that of the history or else the newest. If
    /// everything that differs from it is as in a neighbor, the migration between the two has been applied in part.
    /// </summary>
    private int[] FindNearest()
    {
        if (_equal.Length > 0)
        {
            return [];
        }
        // What a database with tables lacks most is not the nearest: nobody adopts it as empty.
        int[] candidates =
        [
            .. Enumerable
                .Range(0, facts.Differences.Count)
                .Where(i => facts.Differences[i] is not null && (i > 0 || !facts.HasTables))
                .OrderBy(i => facts.Differences[i]!.Count)
                .ThenByDescending(i => ChangesBy(i) == 0)
                .ThenByDescending(i => i)
                .Take(1),
        ];
        return candidates is not [var nearest] ? []
            : AreSidesOfOne(nearest, nearest + 1) ? [nearest, nearest + 1]
            : AreSidesOfOne(nearest - 1, nearest) ? [nearest - 1, nearest]
            : [nearest];
    }

    private bool AreSidesOfOne(int before, int after) =>
        before >= 0
        && after < facts.Differences.Count
        && facts.Differences[before] is { } done
        && facts.Differences[after] is { } open
        && facts.Versions!.IsPartOfNext(done, open, before);

    private string[] Choices(int[] nearest) =>
        [
            .. _equal
                .Concat(nearest)
                .Select(i =>
                    AdoptionText.Choice(
                        _versions[i],
                        AddedBy(i),
                        RemovedBy(i),
                        DifferencesTo(i).Count,
                        _versions[(i + 1)..]
                    )
                ),
        ];

    private VersionDifferences Describe(int version) => new(_versions[version], DifferencesTo(version));

    private IReadOnlyList<string> DifferencesTo(int version) =>
        version < facts.Differences.Count
            ? [.. (facts.Differences[version] ?? []).Select(difference => difference.Detail)]
            : [$"the schema was not compared: {facts.Problem}"];

    private string[] AddedBy(int version) =>
        [.. _versions[1..(version + 1)].Except(Applied, MigrationIdComparer.Default)];

    private int ChangesBy(int version) => AddedBy(version).Length + RemovedBy(version).Length;

    /// <summary>Rows of other programs stay.</summary>
    private string[] RemovedBy(int version) =>
        [.. facts.Rows.Where(row => _versions.Skip(version + 1).Contains(row, MigrationIdComparer.Default))];
}
