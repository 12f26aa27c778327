using System.Reflection;
using System.Text;
using System.Text.Json;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The migrations of a context with their commands, generated in advance, so applying them builds no EF
/// model. They are stored in a file named after the context, for example <c>ShopContext.migrations.json</c>,
/// which is embedded in the assembly with the migrations.
/// </summary>
public sealed class CompiledMigrations
{
    internal const int KnownFormat = 1;

    private readonly CompiledFile _file;
    private readonly Dictionary<string, CompiledMigration> _byVersion;

    internal CompiledMigrations(CompiledFile file)
    {
        _file = file;
        _byVersion = Migrations
            .Concat(LeftToEF.Select(left => CompiledMigration.LeftToEF(left.Version)))
            .ToDictionary(migration => migration.Version, MigrationIdComparer.Default);
    }

    /// <summary>The full name of the context's type.</summary>
    public string Context => _file.Context;

    /// <summary>EF's name of the provider that generated the commands.</summary>
    public string Provider => _file.Provider;

    /// <summary>The version of EF Core that generated the commands.</summary>
    public string ProductVersion => _file.ProductVersion;

    /// <summary>The compiled migrations of the context, in the order of their ids.</summary>
    public IReadOnlyList<CompiledMigration> Migrations => _file.Migrations;

    /// <summary>The other migrations, which could not be compiled: EF generates their commands when they run.</summary>
    public IReadOnlyList<UncompiledMigration> LeftToEF => _file.LeftToEF;

    /// <summary>
    /// The lower-case hexadecimal SHA-256 of the schema that the migrations up to a version have created in an empty
    /// database, by that version. A version whose schema is unknown, or differs each time, is missing.
    /// </summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Schemas => _file.Schemas;

    /// <summary>Adds what the migrations create. For a provider that can replay them without a server.</summary>
    /// <param name="replay">
    /// Runs all of them, and archived ones, in order in an empty database, and passes on the schema after each. It is called twice: what
    /// differs is left out, and what follows a migration that fails there.
    /// </param>
    /// <returns>The same migrations with <see cref="Schemas"/>.</returns>
    public CompiledMigrations WithSchemas(Action<Action<string, DatabaseSchema>> replay)
    {
        ArgumentNullException.ThrowIfNull(replay);
        return new CompiledMigrations(
            _file with
            {
                Schemas = Replay(replay)
                    .Intersect(Replay(replay))
                    .Where(schema => _byVersion.ContainsKey(schema.Key))
                    .ToDictionary(MigrationIdComparer.Default),
            }
        );
    }

    /// <summary>The ids of all of them.</summary>
    internal IReadOnlyCollection<string> Versions => _byVersion.Keys;

    /// <summary>Returns the steps that apply them, and archived ones.</summary>
    /// <param name="known">The program's migrations, in the order of their ids.</param>
    /// <returns>The steps.</returns>
    /// <exception cref="InvalidDataException">An archived migration was edited.</exception>
    public CompiledSteps StepsFor(IEnumerable<KnownMigration> known) =>
        new(
            [.. known.Select(one => one.Archived ?? StepOf(one.Version) ?? CompiledMigration.LeftToEF(one.Version))],
            MigrationTarget.Latest
        );

    /// <summary>Returns those that stay when others are archived.</summary>
    /// <param name="archived">The ids of the others.</param>
    /// <returns>The migrations.</returns>
    public CompiledMigrations Without(IEnumerable<string> archived)
    {
        var gone = archived.ToHashSet(MigrationIdComparer.Default);
        return new CompiledMigrations(
            _file with
            {
                Migrations = [.. Migrations.Where(one => !gone.Contains(one.Version))],
                LeftToEF = [.. LeftToEF.Where(one => !gone.Contains(one.Version))],
                Schemas = Schemas.Where(one => !gone.Contains(one.Key)).ToDictionary(MigrationIdComparer.Default),
            }
        );
    }

    /// <summary>Returns the steps for a migration; <see langword="null"/> if the file does not contain it.</summary>
    internal CompiledMigration? StepOf(string version) => _byVersion.GetValueOrDefault(version);

    /// <summary>The name of the file, without a folder.</summary>
    public string FileName => FileNameOf(Context[(Context.LastIndexOfAny(['.', '+']) + 1)..]);

    /// <summary>Reads the file embedded in an assembly, whatever its folder.</summary>
    /// <param name="contextType">The context's type.</param>
    /// <param name="assembly">The assembly that contains the migrations.</param>
    /// <returns>The migrations; <see langword="null"/> if there is no such file.</returns>
    /// <exception cref="InvalidDataException">The file cannot be read, or a newer version wrote it.</exception>
    public static CompiledMigrations? Find(Type contextType, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(contextType);
        var file = FileNameOf(contextType.Name);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (name == file || name.EndsWith("." + file, StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                // Two contexts may have the same name in different namespaces.
                if (Read(stream) is { } found && found.Context == contextType.FullName)
                {
                    return found;
                }
            }
        }
        return null;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="stream">Its content.</param>
    /// <returns>The migrations.</returns>
    /// <exception cref="InvalidDataException">It cannot be read, or a newer version wrote it.</exception>
    public static CompiledMigrations Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var file = CompiledReader.Read(stream);
            return file.Format == KnownFormat
                ? new CompiledMigrations(file)
                : throw new InvalidDataException(
                    $"the file of compiled migrations has the format {file.Format}, and this program knows {KnownFormat}"
                );
        }
        catch (Exception failure)
            when (failure is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"the file of compiled migrations cannot be read: {failure.Message}",
                failure
            );
        }
    }

    /// <summary>Finds a migration.</summary>
    /// <param name="version">EF's migration id, in any case.</param>
    /// <returns>The migration; <see langword="null"/> if there is none.</returns>
    public CompiledMigration? Find(string version) => StepOf(version) is { IsLeftToEF: false } found ? found : null;

    /// <summary>
    /// Compares the content with that of others, regardless of the EF Core release that generated them and of
    /// the line endings in the migrations' sources, which differ between checkouts.
    /// </summary>
    /// <param name="other">The others.</param>
    /// <returns>True if the content is the same.</returns>
    public bool IsSameAs(CompiledMigrations other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Canonical() == other.Canonical();
    }

    /// <summary>
    /// Renders the content of the file: UTF-8, and identical whenever the same migrations are compiled.
    /// </summary>
    /// <returns>The bytes.</returns>
    public byte[] ToJson() => CompiledWriter.Write(_file);

    private static List<KeyValuePair<string, string>> Replay(Action<Action<string, DatabaseSchema>> replay)
    {
        var hashes = new List<KeyValuePair<string, string>>();
        try
        {
            replay((version, schema) => hashes.Add(KeyValuePair.Create(version, SchemaFingerprint.Hash(schema))));
        }
        // Migrations are the application's code, and some need its rows: such a schema is not compared either.
        catch (Exception) { }
        return hashes;
    }

    private string Canonical()
    {
        var left = LeftToEF.Select(migration => migration with { Reason = "" });
        var json = CompiledWriter.Write(_file with { ProductVersion = "", LeftToEF = [.. left] });
        return Encoding.UTF8.GetString(json).Replace("\\r\\n", "\\n", StringComparison.Ordinal);
    }

    private static string FileNameOf(string context) => $"{context}.migrations.json";
}
