using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>A migration of the program.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Type">The class with its operations.</param>
public sealed record KnownMigration(
    string Version,
    [property: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    [param: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
        Type Type
)
{
    private const string TrimmedMigrations =
        "The trimmer does not see that a context needs its migrations: root their assembly with <TrimmerRootAssembly>.";

    /// <summary>
    /// The commands of a migration that is kept in an archive; <see langword="null"/> if it is one of the program's
    /// classes.
    /// </summary>
    /// <exception cref="InvalidDataException">It was edited in the archive.</exception>
    public CompiledMigration? Archived => Source?.Commands;

    /// <summary>The migration in its archive; <see langword="null"/> if it is one of the program's classes.</summary>
    internal ArchivedMigration? Source { get; init; }

    /// <summary>The id without its timestamp.</summary>
    public string Name => NameOf(Version);

    /// <summary>Creates the migration as EF does.</summary>
    /// <param name="efProvider">EF's name of the provider, which the operations may depend on.</param>
    /// <returns>A new instance. One from an archive has no model.</returns>
    public Migration Create(string efProvider)
    {
        var migration = Source?.Create() ?? (Migration)Activator.CreateInstance(Type)!;
        migration.ActiveProvider = efProvider;
        return migration;
    }

    /// <summary>The time limit that the migration declares.</summary>
    internal TimeSpan? Timeout =>
        Source is not null ? Source.Timeout
        : Type.GetCustomAttribute<MigrationTimeoutAttribute>() is { } attribute
            ? TimeSpan.FromSeconds(attribute.Seconds)
        : null;

    /// <summary>The kind that the migration declares.</summary>
    internal MigrationKind? DeclaredKind =>
        Source is not null ? Source.DeclaredKind : Type.GetCustomAttribute<MigrationKindAttribute>()?.Kind;

    /// <summary>Why the migration destroys something, if it declares that it does.</summary>
    internal string? DestructiveReason =>
        Source is not null
            ? Source.DestructiveReason
            : Type.GetCustomAttribute<DestructiveMigrationAttribute>()?.Reason;

    /// <summary>The rows that the migration declares to remove.</summary>
    internal IReadOnlyList<RemovesRowsAttribute> RemovesRows =>
        Source is not null ? Source.RemovesRows : [.. Type.GetCustomAttributes<RemovesRowsAttribute>()];

    /// <summary>Returns the time limit that the migration declares, or otherwise that of the options.</summary>
    internal TimeSpan LimitIn(MigrationOptions options) => Timeout ?? options.MigrationTimeout;

    /// <summary>
    /// Finds the migrations of a context without building a model: the classes, by their attributes, as EF does, and those
    /// of the archive that are no classes any more.
    /// </summary>
    /// <param name="contextType">The context that the migrations belong to.</param>
    /// <param name="assembly">The assembly that contains them.</param>
    /// <returns>The migrations, in the order of their ids.</returns>
    /// <exception cref="InvalidDataException">The archive cannot be read.</exception>
    [RequiresUnreferencedCode(TrimmedMigrations)]
    public static IReadOnlyList<KnownMigration> Find(Type contextType, Assembly assembly)
    {
        var classes = FindClasses(contextType, assembly);
        if (MigrationArchive.Find(contextType, assembly) is not { } archive)
        {
            return classes;
        }
        var known = classes.Select(migration => migration.Version).ToHashSet(MigrationIdComparer.Default);
        var archived =
            from migration in archive.Migrations
            where !known.Contains(migration.Version)
            select new KnownMigration(migration.Version, typeof(ArchivedOperations)) { Source = migration };
        return [.. classes.Concat(archived).OrderBy(migration => migration.Version)];
    }

    [RequiresUnreferencedCode(TrimmedMigrations)]
    private static IReadOnlyList<KnownMigration> FindClasses(Type contextType, Assembly assembly) =>
        [
            .. from type in assembly.DefinedTypes
            where !type.IsAbstract && type.IsSubclassOf(typeof(Migration))
            where type.GetCustomAttribute<DbContextAttribute>()?.ContextType == contextType
            let id = type.GetCustomAttribute<MigrationAttribute>()?.Id
            where id is not null
            orderby id
            select new KnownMigration(id, type.AsType()),
        ];

    /// <summary>Returns the id without its timestamp, or the whole id if it has none.</summary>
    /// <param name="version">EF's migration id.</param>
    /// <returns>The name.</returns>
    public static string NameOf(string version)
    {
        var separator = version.IndexOf('_', StringComparison.Ordinal);
        return separator < 0 ? version : version[(separator + 1)..];
    }

    /// <summary>
    /// Resolves an id, a timestamp or a name, case-insensitively, to an id; 0 means none at all and is
    /// returned unchanged.
    /// </summary>
    /// <param name="version">The version as the user gave it.</param>
    /// <param name="known">The existing ids.</param>
    /// <returns>The id.</returns>
    /// <exception cref="InvalidVersionException">No migration matches, or several do.</exception>
    public static string Resolve(string version, IEnumerable<string> known) =>
        TryResolve(version, known) ?? throw new InvalidVersionException(version, "is no migration of this program");

    /// <summary>As <see cref="Resolve"/>; <see langword="null"/> if no migration matches.</summary>
    internal static string? TryResolve(string version, IEnumerable<string> known)
    {
        if (version == Migration.InitialDatabase)
        {
            return version;
        }
        var ids = known.Distinct(MigrationIdComparer.Default).ToArray();
        var matches = ids.Where(id => IsMeant(id, version)).ToArray();
        return matches switch
        {
            [var one] => one,
            [] => null,
            _ => throw new InvalidVersionException(
                version,
                $"is the name of several migrations: {VersionList.Format(matches)}"
            ),
        };
    }

    private static bool IsMeant(string id, string version)
    {
        var separator = id.IndexOf('_', StringComparison.Ordinal);
        return MigrationIdComparer.Default.Equals(id, version)
            || separator > 0
                && (
                    MigrationIdComparer.Default.Equals(id[..separator], version)
                    || MigrationIdComparer.Default.Equals(id[(separator + 1)..], version)
                );
    }
}
