using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>A context in the JSON of <c>compile</c>.</summary>
/// <param name="Name">The database's name.</param>
/// <param name="File">The full path of the file.</param>
/// <param name="Migrations">The ids of the migrations in it, in order.</param>
/// <param name="Changed">True if the file was written; for a check, true if it is out of date.</param>
/// <param name="LeftToEF">The migrations that could not be compiled, and why.</param>
internal sealed record CompiledContextDocument(
    string Name,
    string File,
    IReadOnlyList<string> Migrations,
    bool Changed,
    IReadOnlyList<UncompiledMigration> LeftToEF
)
{
    public static CompiledContextDocument From(CompiledContext compiled, bool changed) =>
        new(
            compiled.Name,
            compiled.File.Path,
            [.. compiled.Migrations.Migrations.Select(migration => migration.Version)],
            changed,
            compiled.Migrations.LeftToEF
        );
}
