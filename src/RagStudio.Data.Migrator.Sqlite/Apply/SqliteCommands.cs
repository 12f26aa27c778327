using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>The commands that EF's own migrator generates for a migration, without those for its history.</summary>
internal sealed class SqliteCommands(DbContext context)
{
    private readonly IMigrationsSqlGenerator _generator = context.GetService<IMigrationsSqlGenerator>();
    private readonly IModelRuntimeInitializer _initializer = context.GetService<IModelRuntimeInitializer>();

    public IReadOnlyList<MigrationCommand> Of(
        Migration migration,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    ) => _generator.Generate(migration.UpOperations, Finalize(migration.TargetModel), options);

    /// <summary>The migration's commands as a script for people.</summary>
    public string Script(Migration migration) =>
        string.Join(
            Environment.NewLine + Environment.NewLine,
            Of(migration, MigrationsSqlGenerationOptions.Script).Select(command => command.CommandText.Trim())
        );

    private IModel Finalize(IModel model) => _initializer.Initialize(model, designTime: true, validationLogger: null);
}
