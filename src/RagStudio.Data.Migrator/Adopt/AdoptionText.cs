using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>Tells people what was found, and what each choice does.</summary>
/// <param name="facts">What the database shows.</param>
/// <param name="what">What it is.</param>
/// <param name="equal">The versions that its schema is equal to.</param>
/// <param name="nearest">The nearest versions, if it is equal to none.</param>
internal sealed class AdoptionText(
    AdoptionFacts facts,
    AdoptionCase what,
    IReadOnlyList<string> equal,
    IReadOnlyList<VersionDifferences> nearest
)
{
    private const string Name = "Name it with --as or AdoptOptions.Version";

    private readonly string _database = facts.Database.Name;

    public IReadOnlyList<string> Equal => equal;

    public IReadOnlyList<VersionDifferences> Nearest => nearest;

    public string Finding => string.Join(' ', Sentences());

    /// <summary>Why nothing is recorded although nobody has named a version.</summary>
    public string Undecided() =>
        what switch
        {
            AdoptionCase.NoHistory when equal.Count > 1 =>
                $"{Finding} It does not show which of the migrations between them have changed the rows: {List(BetweenEqual())}. {Name}.",
            AdoptionCase.NoHistory when equal.Count > 0 && facts.HasOtherTables =>
                $"{Finding} Another application may have made them, and two in one file get in each other's way. If the file is this program's, name the version with --as or AdoptOptions.Version; otherwise use another file.",
            AdoptionCase.NoHistory when equal.Count == 1 =>
                $"{Finding} Versions that were not compared may be equal too: {facts.Problem}. {Name}.",
            _ when equal.Count > 0 =>
                $"{Finding} To make the history fit, name the version with --as or AdoptOptions.Version.",
            _ =>
                $"{Finding} To record a version all the same, name it with --as or AdoptOptions.Version; what differs from it stays different.",
        };

    /// <summary>Why a version must not be recorded, even if a person has named it.</summary>
    public string? FindObjection(string version) =>
        what switch
        {
            AdoptionCase.Empty when version != AdoptedVersion.None =>
                $"{Finding} Recording {version} would keep its migrations from creating them.",
            AdoptionCase.Fitting when !Fits(version) =>
                $"{Finding} Recording {version} would make the two differ. To go to another version, migrate or roll back.",
            _ => null,
        };

    /// <summary>What recording a version does.</summary>
    public static string Choice(
        string version,
        IReadOnlyList<string> added,
        IReadOnlyList<string> removed,
        int differences,
        IReadOnlyList<string> later
    )
    {
        string?[] effects =
        [
            added.Count == 0
                ? null
                : $"records {List(added)} as applied without running {(added.Count == 1 ? "it" : "them")}",
            removed.Count == 0 ? null : $"removes {List(removed)} from the history",
            differences == 0
                ? null
                : $"leaves {differences} difference{(differences == 1 ? "" : "s")}, which 'validate' reports",
            later.Count == 0 ? null : $"lets the next 'migrate' run {List(later)}",
        ];
        return $"--as {version} {string.Join(", ", effects.OfType<string>().DefaultIfEmpty("changes nothing"))}.";
    }

    private IEnumerable<string> Sentences()
    {
        yield return State();
        if (facts.UnknownColumns.Count > 0)
        {
            yield return $"No version has the columns {List(facts.UnknownColumns)}: they may be of a newer program, or made by hand.";
        }
        if (facts.UnexpectedTables.Count > 0)
        {
            yield return $"No version makes the tables {List(facts.UnexpectedTables)}; they stay as they are.";
        }
        foreach (var leftover in facts.Leftovers)
        {
            yield return Describe(leftover);
        }
    }

    private string State() =>
        what switch
        {
            AdoptionCase.Empty =>
                $"'{_database}' has no table of this program and no history: there is nothing to adopt, and 'migrate' creates the tables.",
            AdoptionCase.Fitting => $"The schema of '{_database}' is what its history says.",
            AdoptionCase.NoHistory when equal.Count > 0 =>
                $"'{_database}' has no history, and its schema is that of {List(equal)}.",
            AdoptionCase.NoHistory => $"'{_database}' has no history{OfNoVersion}. {NearestText()}",
            AdoptionCase.MissingRows =>
                $"The history of '{_database}' lacks migrations: its schema is that of {List(equal)}, and the history ends at {Newest()}.",
            AdoptionCase.SurplusRows =>
                $"The history of '{_database}' has migrations whose effect is missing: its schema is that of {List(equal)}, and the history ends at {Newest()}.",
            AdoptionCase.RenamedRows =>
                $"The history of '{_database}' has {List(facts.Comparison.Unknown)}, which this program does not have, and its schema is that of {List(equal)}: migrations were renamed, or squashed into one. Their rows stay.",
            AdoptionCase.HalfMigrated =>
                $"'{_database}' is between two versions: a part of {nearest[1].Version} was applied. {NearestText()}",
            _ => $"The history of '{_database}' ends at {Newest()}{OfNoVersion}. {NearestText()}",
        };

    private string OfNoVersion => facts.Problem is null ? ", and its schema is that of no version" : "";

    private string NearestText() =>
        nearest is []
            ? $"Its schema could not be compared: {facts.Problem!.TrimEnd('.')}."
            : string.Join(
                ' ',
                nearest.Select(version =>
                    $"Compared with {NameOf(version.Version)}: {VersionList.Format(version.Differences, "; ")}."
                )
            );

    private static string Describe(LeftoverTable leftover)
    {
        var rows = leftover.Rows switch
        {
            0 => "no rows",
            1 => "1 row",
            _ => $"{leftover.Rows} rows",
        };
        var what = $"EF has left '{leftover.Name}' behind with {rows}, from rebuilding '{leftover.Table}'.";
        return leftover.IsOnlyCopy
                ? $"{what} '{leftover.Table}' is missing: rename '{leftover.Name}' to '{leftover.Table}' to finish the rebuild."
            : leftover.Rows == 0 ? $"{what} --drop-empty-leftovers removes it."
            : $"{what} '{leftover.Table}' exists, and has rows of its own if any; --drop-leftovers-with-rows removes '{leftover.Name}' with its rows.";
    }

    private string Newest() =>
        facts.Comparison.Applied.Concat(facts.Comparison.Unknown).Max(MigrationIdComparer.Default) ?? "nothing";

    private bool Fits(string version) =>
        equal.Contains(version) || MigrationIdComparer.Default.Equals(version, Newest());

    private IReadOnlyList<string> BetweenEqual() =>
        [
            .. facts
                .Database.Migrations.Select(known => known.Version)
                .SkipWhile(version => version != equal[0])
                .Skip(1)
                .TakeWhile(version => MigrationIdComparer.Default.Compare(version, equal[^1]) <= 0)
                .Where(facts.DataMigrations.Contains),
        ];

    private static string List(IReadOnlyList<string> items) => VersionList.Format([.. items.Select(NameOf)]);

    private static string NameOf(string version) => version == AdoptedVersion.None ? "an empty database" : version;
}
