using System.Reflection;
using System.Text.Json;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The migrations of a context that are no longer part of its code. Each is kept with its commands, up and down, its
/// operations, its checksum and what its attributes said, in a file named after the context, for example
/// <c>ShopContext.archive.migrations.json</c>, which is embedded in the assembly with the migrations.
/// </summary>
public sealed class MigrationArchive
{
    internal const int KnownFormat = 1;

    private MigrationArchive(JsonElement file)
    {
        Context = CompiledReader.Text(file, "context");
        Provider = CompiledReader.Text(file, "provider");
        ProductVersion = CompiledReader.Text(file, "productVersion");
        Migrations =
        [
            .. CompiledReader.Get(file, "migrations").EnumerateArray().Select(one => new ArchivedMigration(one, this)),
        ];
        Next = new NextMigration(CompiledReader.Get(file, "next"));
    }

    /// <summary>The full name of the context's type.</summary>
    public string Context { get; }

    /// <summary>EF's name of the provider that generated the commands.</summary>
    public string Provider { get; }

    /// <summary>The version of EF Core that generated the commands.</summary>
    public string ProductVersion { get; }

    /// <summary>The ids of the archived migrations, in order.</summary>
    public IReadOnlyList<string> Versions => [.. Migrations.Select(migration => migration.Version)];

    /// <summary>The name of the file, without a folder.</summary>
    public string FileName => FileNameOf(Context[(Context.LastIndexOfAny(['.', '+']) + 1)..]);

    internal IReadOnlyList<ArchivedMigration> Migrations { get; }

    internal NextMigration Next { get; }

    /// <summary>Reads the file embedded in an assembly, whatever its folder.</summary>
    /// <param name="contextType">The context's type.</param>
    /// <param name="assembly">The assembly that contains the migrations.</param>
    /// <returns>The archive; <see langword="null"/> if there is none.</returns>
    /// <exception cref="InvalidDataException">The file cannot be read, or a newer version wrote it.</exception>
    public static MigrationArchive? Find(Type contextType, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(contextType);
        return FindAll(assembly, FileNameOf(contextType.Name))
            // Two contexts may have the same name in different namespaces.
            .FirstOrDefault(archive => archive.Context == contextType.FullName);
    }

    /// <summary>Reads every archive that is embedded in an assembly.</summary>
    internal static IEnumerable<MigrationArchive> FindAll(Assembly assembly) => FindAll(assembly, FileNameOf(""));

    /// <summary>Reads a file.</summary>
    /// <param name="utf8">Its content.</param>
    /// <returns>The archive, of which each migration is verified when it is used.</returns>
    /// <exception cref="InvalidDataException">It cannot be read, or a newer version wrote it.</exception>
    public static MigrationArchive Read(Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        try
        {
            using var json = JsonDocument.Parse(utf8);
            var format = CompiledReader.Get(json.RootElement, "archive").GetInt32();
            return format == KnownFormat
                ? new MigrationArchive(json.RootElement.Clone())
                : throw new InvalidDataException(
                    $"The archive of migrations has the format {format}, and this program knows {KnownFormat}."
                );
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"The archive of migrations cannot be read: {failure.Message} Restore the file from version control.",
                failure
            );
        }
    }

    /// <summary>Verifies every migration: that nothing was edited, and that its operations can be read.</summary>
    /// <exception cref="InvalidDataException">A migration was changed after it was archived.</exception>
    public void Verify()
    {
        foreach (var migration in Migrations)
        {
            _ = migration.Commands;
            _ = migration.Create().UpOperations.Count + migration.Create().DownOperations.Count;
        }
    }

    /// <summary>
    /// The commands that revert the oldest migration of the program, whose model before it is archived;
    /// <see langword="null"/> for another migration, or if that one was edited since.
    /// </summary>
    internal IReadOnlyList<CompiledCommand>? DownOf(string version, string checksum) =>
        MigrationIdComparer.Default.Equals(Next.Version, version) && Next.Checksum == checksum ? Next.Down : null;

    internal static string FileNameOf(string context) => $"{context}.archive.migrations.json";

    private static IEnumerable<MigrationArchive> FindAll(Assembly assembly, string ending)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (
                name.EndsWith(ending, StringComparison.Ordinal)
                && (name.Length == ending.Length || ending[0] == '.' || name[^(ending.Length + 1)] == '.')
            )
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                yield return Read(stream);
            }
        }
    }
}
