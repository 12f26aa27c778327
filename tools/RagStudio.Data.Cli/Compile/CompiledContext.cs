using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>The newly compiled migrations of a context, and the file that they belong in.</summary>
/// <param name="Name">The database's name.</param>
/// <param name="Migrations">The migrations.</param>
/// <param name="File">The file.</param>
internal sealed record CompiledContext(string Name, CompiledMigrations Migrations, CompiledFile File)
{
    /// <summary>Compiles the migrations of a database.</summary>
    /// <exception cref="CommandException">They cannot be compiled; nothing was changed.</exception>
    public static CompiledContext Compile(IMigrationDatabase database, string folder)
    {
        try
        {
            var migrations = database.Compile();
            return new CompiledContext(
                database.Name,
                migrations,
                new CompiledFile(Path.Combine(folder, migrations.FileName))
            );
        }
        catch (InvalidOperationException error)
        {
            throw new CommandException(ExitCode.Refused, error.Message, error);
        }
    }
}
