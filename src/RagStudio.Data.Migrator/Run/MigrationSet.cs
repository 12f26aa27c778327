using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The databases that are migrated as one unit, in fixed order, with the code that belongs to their
/// migrations.
/// </summary>
internal sealed class MigrationSet
{
    // A start with nothing pending needs neither code nor rules, and must not pay for them.
    private readonly Lazy<ILookup<(string Database, string Version, CodeMoment Moment), IMigrationCode>> _code;
    private readonly Lazy<IReadOnlyList<DatabaseRule>> _rules;

    public MigrationSet(IServiceProvider services)
    {
        Databases = [.. services.GetServices<IMigrationDatabase>()];
        ThrowIfUnusable();
        Storages = StoragesOf(Databases);
        CodeRegistration[] code = [.. services.GetServices<CodeRegistration>()];
        if (Array.Find(code, registered => !IsKnown(registered.Database, registered.Version)) is { } orphan)
        {
            throw new InvalidOperationException(
                $"Code is registered for the migration '{orphan.Version}', which the database '{orphan.Database}' does not have."
            );
        }
        _code = new(() => code.ToLookup(c => (c.Database, c.Version, c.Moment), c => c.Create(services)));
        _rules = new(() => [.. RulesOf(services).Where(rule => NamesIn(rule).All(name => Names.Contains(name)))]);
    }

    private MigrationSet(MigrationSet original, IReadOnlyList<IMigrationDatabase> databases) =>
        (_code, _rules, Databases, Storages) = (original._code, original._rules, databases, StoragesOf(databases));

    public IReadOnlyList<IMigrationDatabase> Databases { get; }

    /// <summary>The rules of these databases, except those that read a database which this set omits.</summary>
    public IReadOnlyList<DatabaseRule> Rules => _rules.Value;

    public IEnumerable<string> Names => Databases.Select(database => database.Name);

    /// <summary>The name of the checks across databases in reports.</summary>
    public string AcrossName => string.Join('+', Names);

    /// <summary>
    /// The distinct storages in the order of their first database, which is the order in which every run
    /// locks them.
    /// </summary>
    public IReadOnlyList<IDatabaseStorage> Storages { get; }

    /// <summary>The folder of the backups if none is configured; <see langword="null"/> if the first storage is not a file.</summary>
    public string? DefaultBackupDirectory => Folder is null ? null : Path.Combine(Folder, "backups");

    /// <summary>
    /// The journal, kept with the first database: every program with the same first database looks for the
    /// same journal.
    /// </summary>
    public IJournalStore Journal =>
        Storages[0].Journal
        ?? (
            Storages[0].File is { } file
                ? new JournalFile(file.Path + RunJournal.Extension)
                : new NoJournal(Storages[0])
        );

    /// <summary>The location of earlier versions, which used the path that they were given.</summary>
    public IJournalStore? FormerJournal =>
        Storages[0].File is { } file && file.GivenPath != file.Path
            ? new JournalFile(file.GivenPath + RunJournal.Extension)
            : null;

    /// <summary>The folder in which earlier versions kept the backups if no folder was configured.</summary>
    public string? FormerBackupDirectory =>
        Storages[0].File is { } file
            ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file.GivenPath)) ?? ".", "backups")
            : null;

    /// <summary>The folder of the first database; <see langword="null"/> if it is not a file.</summary>
    public string? Folder => Storages[0].File?.Folder;

    /// <summary>Determines if any of the databases exists.</summary>
    public async ValueTask<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        foreach (var storage in Storages)
        {
            if (await storage.ExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Refuses a set that cannot be migrated before anything is locked.</summary>
    /// <exception cref="NoMigrationsException">The program has no migration for a database.</exception>
    public void DemandMigrations()
    {
        if (Databases.FirstOrDefault(database => database.Migrations.Count == 0) is { } without)
        {
            throw new NoMigrationsException(without.Name);
        }
    }

    /// <summary>Refuses to copy a set of which a storage cannot be copied.</summary>
    /// <exception cref="BackupFailedException">It says what to do instead.</exception>
    public void DemandBackUp()
    {
        foreach (var storage in Storages)
        {
            if (storage.CannotBackUp is { } reason)
            {
                throw BackupFailedException.CannotBackUp(storage.DisplayName, reason);
            }
        }
    }

    /// <summary>Resolves a version to a migration's id in any of the databases; <c>0</c> for none at all.</summary>
    /// <exception cref="InvalidVersionException">No migration matches, or several do.</exception>
    public string ResolveVersion(string version) =>
        KnownMigration.Resolve(
            version,
            Databases.SelectMany(database => database.Migrations).Select(migration => migration.Version)
        );

    /// <summary>Creates the same set in other storages.</summary>
    public MigrationSet In(IReadOnlyDictionary<IDatabaseStorage, IDatabaseStorage> storages) =>
        new(this, [.. Databases.Select(database => database.InStorage(storages[database.Storage]))]);

    public IReadOnlyList<IMigrationDatabase> In(IDatabaseStorage storage) =>
        [.. Databases.Where(database => database.Storage.Equals(storage))];

    /// <summary>Finds a storage by key, which may have another spelling or come from another system.</summary>
    public IDatabaseStorage? StorageAt(string key) =>
        Storages.FirstOrDefault(storage => storage.Key == key)
        ?? Storages.FirstOrDefault(storage => storage.IsKey(key));

    /// <summary>The folders of the storages, and those of the links that the program was given.</summary>
    public IReadOnlyList<string> Folders =>
        [
            .. Storages
                .Select(storage => storage.File)
                .OfType<StorageFile>()
                .SelectMany(file => new[] { file.Path, file.GivenPath })
                .Select(path => Path.GetDirectoryName(path)!)
                .Distinct(StringComparer.Ordinal)
                .Where(Directory.Exists),
        ];

    public IDatabaseStorage Storage(string database) => Databases.First(found => found.Name == database).Storage;

    public IReadOnlyList<IMigrationCode> CodeFor(string database, string version, CodeMoment moment) =>
        [.. _code.Value[(database, version, moment)]];

    private static IDatabaseStorage[] StoragesOf(IReadOnlyList<IMigrationDatabase> databases)
    {
        IDatabaseStorage[] storages = [.. databases.Select(database => database.Storage).Distinct()];
        foreach (var storage in storages)
        {
            storage.Holds([.. databases.Where(database => database.Storage.Equals(storage))]);
        }
        return storages;
    }

    private DatabaseRule[] RulesOf(IServiceProvider services)
    {
        var registered = services.GetServices<DatabaseRegistration>().Select(r => r.Name).Concat(Names).ToHashSet();
        var rules = services
            .GetServices<RuleRegistration>()
            .Select(rule => new DatabaseRule(rule.Database ?? OnlyOf(registered), rule.Create(services)))
            .ToArray();
        foreach (var rule in rules)
        {
            if (NamesIn(rule).FirstOrDefault(name => !registered.Contains(name)) is { } unknown)
            {
                throw new InvalidOperationException(
                    $"The rule '{rule.Rule.Name}' is for the database '{unknown}', which the migrator does not have."
                );
            }
        }
        return rules;
    }

    private static string OnlyOf(HashSet<string> registered) =>
        registered.Count == 1
            ? registered.Single()
            : throw new InvalidOperationException(
                "A rule names no database, and the migrator has several: name it in AddRule."
            );

    private static IEnumerable<string> NamesIn(DatabaseRule rule) =>
        rule.Rule.Tables.Select(table => table.Database ?? rule.Database).Prepend(rule.Database);

    private bool IsKnown(string database, string version) =>
        Databases.Any(d => d.Name == database && d.Migrations.Any(migration => migration.Version == version));

    private void ThrowIfUnusable()
    {
        if (Databases.Count == 0)
        {
            throw new InvalidOperationException("The migrator has no database: add one to the builder of AddMigrator.");
        }
        if (Names.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
        {
            throw new InvalidOperationException($"The migrator has two databases named '{twice}'.");
        }
    }
}
