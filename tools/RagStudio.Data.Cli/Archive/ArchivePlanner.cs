using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Cli;

/// <summary>Decides what is archived, and finds the source files of it.</summary>
/// <param name="database">The database.</param>
/// <param name="before">The oldest migration that stays.</param>
/// <param name="project">The folder with the source files.</param>
/// <param name="output">The folder for the archive; <see langword="null"/> for that of the oldest migration that stays.</param>
internal sealed class ArchivePlanner(IMigrationDatabase database, string before, ProjectFolder project, string? output)
{
    private static readonly StringComparer Ids = StringComparer.OrdinalIgnoreCase;

    private readonly SymbolFile _symbols = SymbolFile.Read(
        database.Migrations.First(known => known.Archived is null).Type.Assembly.Location
    );

    /// <summary>Selects the database that has a version.</summary>
    /// <returns>The database, and the version's id.</returns>
    /// <exception cref="InvalidVersionException">None has it.</exception>
    /// <exception cref="CommandException">Several have it, or nothing comes before it.</exception>
    public static (IMigrationDatabase Database, string Before) Select(
        IReadOnlyList<IMigrationDatabase> databases,
        string version
    )
    {
        var all = databases.SelectMany(database => database.Migrations.Select(known => known.Version));
        var id = KnownMigration.Resolve(version, all);
        IMigrationDatabase[] having =
        [
            .. databases.Where(database => database.Migrations.Any(known => Ids.Equals(known.Version, id))),
        ];
        if (having is not [var database])
        {
            throw CommandException.Usage(
                having is []
                    ? "0 names no migration: pass the oldest one that stays."
                    : $"{string.Join(" and ", having.Select(one => one.Name))} have a migration {id}: pass --context or --database."
            );
        }
        var known = database.Migrations.Single(known => Ids.Equals(known.Version, id));
        return known.Archived is not null ? throw Refused($"{id} is archived already")
            : Ids.Equals(database.Migrations[0].Version, id) ? throw Refused($"{id} is the first migration")
            : (database, id);
    }

    /// <summary>Plans it; nothing is written.</summary>
    /// <returns>The plan; <see langword="null"/> if everything before the version is archived already.</returns>
    /// <exception cref="CommandException">It cannot be archived.</exception>
    public ArchivePlan? Plan()
    {
        var border = database.Migrations.Single(known => Ids.Equals(known.Version, before));
        KnownMigration[] gone =
        [
            .. database.Migrations.TakeWhile(known => known != border).Where(known => known.Archived is null),
        ];
        if (gone.Length == 0)
        {
            return null;
        }
        try
        {
            var compiled = database.Compile();
            var content = MigrationArchiver.Create(database, compiled, before);
            var archive = MigrationArchive.Read(new MemoryStream(content));
            var folder = output ?? FolderOf(border);
            var path = Path.Combine(folder, archive.FileName);
            return new ArchivePlan(
                database,
                before,
                [.. gone.Select(known => known.Version)],
                path,
                content,
                FindCompiled(Path.Combine(folder, compiled.FileName)),
                compiled.Without(archive.Versions),
                [.. gone.SelectMany(known => FilesOf(known, gone, path)).Distinct()]
            );
        }
        catch (InvalidOperationException error)
        {
            throw new CommandException(ExitCode.Refused, error.Message, error);
        }
    }

    /// <summary>The files of a migration, found by the content that was compiled, whatever their names are.</summary>
    private IEnumerable<string> FilesOf(KnownMigration migration, KnownMigration[] gone, string archive)
    {
        var documents = _symbols.DocumentsOf(migration.Type).ToArray();
        if (documents.Length == 0)
        {
            throw CommandException.Usage(
                $"the symbols of {migration.Type.Assembly.GetName().Name} do not tell the source file of {migration.Version}. Build it with DebugType portable or embedded."
            );
        }
        var names = gone.Select(known => known.Type.FullName!).ToHashSet();
        foreach (var document in documents)
        {
            if (_symbols.TypesIn(document).FirstOrDefault(type => !names.Contains(type)) is { } other)
            {
                throw new CommandException(
                    ExitCode.Refused,
                    $"{document.Name} contains {migration.Version} and also {other}, which stays: move one of them into a file of its own."
                );
            }
            if (project.Find(document) is { } file)
            {
                yield return file;
            }
            else if (!IsIn(archive, migration.Version))
            {
                throw CommandException.Usage(
                    $"{document.Name}, the source of {migration.Version}, is not in the project's folder: name that with --project."
                );
            }
        }
    }

    /// <summary>True if a migration was archived before, by a run since which the program was not built.</summary>
    private static bool IsIn(string archive, string version)
    {
        if (!File.Exists(archive))
        {
            return false;
        }
        using var stream = File.OpenRead(archive);
        return MigrationArchive.Read(stream).Versions.Contains(version, Ids);
    }

    private string FolderOf(KnownMigration border) =>
        _symbols.DocumentsOf(border.Type).Select(project.Find).FirstOrDefault(file => file is not null) is { } found
            ? Path.GetDirectoryName(found)!
            : throw CommandException.Usage(
                $"the source of {border.Version} is not in the project's folder: name that with --project."
            );

    private CompiledFile? FindCompiled(string path) =>
        File.Exists(path) ? new CompiledFile(path)
        : database.FindCompiled() is null ? null
        : throw CommandException.Usage(
            $"'{path}' does not exist, and the program has compiled migrations: name their folder with --output."
        );

    private static CommandException Refused(string reason) =>
        new(ExitCode.Refused, $"{reason}: there is nothing before it to archive. Nothing was changed.");
}
