using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The consent to data loss in <see cref="MigrationOptions.DestructiveConsents"/>: each for one migration, or
/// for one of its tables.
/// </summary>
internal sealed class DestructiveConsents
{
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    private readonly List<(string Version, string? Table, string Reason)> _given = [];

    private DestructiveConsents() { }

    /// <exception cref="InvalidVersionException">
    /// A consent names a migration that the program does not have.
    /// </exception>
    public static DestructiveConsents Parse(MigrationSet set, MigrationOptions options)
    {
        var consents = new DestructiveConsents();
        string[] known = [.. set.Databases.SelectMany(database => database.Migrations).Select(m => m.Version)];
        foreach (var (key, reason) in options.DestructiveConsents)
        {
            var (version, table) = Resolve(key, known);
            consents._given.Add((version, table, reason));
        }
        return consents;
    }

    /// <summary>Parses <c>VERSION</c> or <c>VERSION/TABLE</c>.</summary>
    /// <exception cref="InvalidVersionException">No migration matches, or several do.</exception>
    public static (string Version, string? Table) Resolve(string key, IReadOnlyCollection<string> known)
    {
        var separator = key.IndexOf('/', StringComparison.Ordinal);
        // An id may contain the separator.
        var isVersion = separator < 0 || known.Contains(key, Names);
        var version = KnownMigration.Resolve(isVersion ? key : key[..separator], known);
        return known.Contains(version)
            ? (version, isVersion ? null : key[(separator + 1)..])
            : throw new InvalidVersionException(key, "is no migration of this program");
    }

    /// <summary>
    /// Returns the reason why everything that the plan names for a migration may be lost;
    /// <see langword="null"/> without consent.
    /// </summary>
    public string? ReasonFor(string version) =>
        _given.Find(consent => consent.Table is null && Names.Equals(consent.Version, version)).Reason;

    /// <summary>
    /// Returns the reason why a migration may remove anything from a table; <see langword="null"/> without
    /// consent.
    /// </summary>
    public string? ReasonFor(string version, string? table) =>
        _given.Find(consent => Names.Equals(consent.Version, version) && Names.Equals(consent.Table, table)).Reason
            is { } reason
        && table is not null
            ? reason
            : null;

    /// <summary>Returns all reasons given for a migration.</summary>
    public IEnumerable<string> ReasonsFor(string version) =>
        _given
            .Where(consent => Names.Equals(consent.Version, version))
            .Select(consent => consent.Table is null ? consent.Reason : $"{consent.Table}: {consent.Reason}");
}
