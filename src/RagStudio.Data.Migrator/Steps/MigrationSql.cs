using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Generates the commands of migrations as EF's own migrator does, except those for its history. Builds the model of a
/// migration only if the commands depend on it.
/// </summary>
/// <param name="context">The context of the migrations.</param>
public sealed class MigrationSql(DbContext context)
{
    private readonly IMigrationsSqlGenerator _generator = context.GetService<IMigrationsSqlGenerator>();
    private readonly IModelRuntimeInitializer _initializer = context.GetService<IModelRuntimeInitializer>();

    /// <summary>Generates the commands that apply a migration.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="options">The purpose of the commands.</param>
    /// <returns>The commands.</returns>
    public IReadOnlyList<MigrationCommand> Up(
        Migration migration,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    )
    {
        ArgumentNullException.ThrowIfNull(migration);
        return Generate(migration.UpOperations, migration, options);
    }

    /// <summary>Generates the commands that revert a migration.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="previous">
    /// The previous migration, whose model is that of the result; <see langword="null"/> if there is none.
    /// </param>
    /// <param name="options">The purpose of the commands.</param>
    /// <returns>The commands.</returns>
    public IReadOnlyList<MigrationCommand> Down(
        Migration migration,
        Migration? previous,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    )
    {
        ArgumentNullException.ThrowIfNull(migration);
        return Generate(migration.DownOperations, previous, options);
    }

    /// <summary>Renders what applies a migration as a script for the user.</summary>
    /// <param name="migration">The migration, which may be archived.</param>
    /// <param name="efProvider">EF's name of the provider.</param>
    /// <returns>The SQL.</returns>
    public string Script(KnownMigration migration, string efProvider)
    {
        ArgumentNullException.ThrowIfNull(migration);
        var commands =
            migration.Archived?.Up.Select(command => command.Sql)
            // A new instance each time, because EF's generator modifies its operations.
            ?? Up(migration.Create(efProvider), MigrationsSqlGenerationOptions.Script)
                .Select(command => command.CommandText);
        return string.Join(Environment.NewLine + Environment.NewLine, commands.Select(command => command.Trim()));
    }

    /// <param name="operations">The operations. EF's generator may change them.</param>
    /// <param name="result">The migration whose model is that of the result.</param>
    /// <param name="options">The purpose of the commands.</param>
    private IReadOnlyList<MigrationCommand> Generate(
        IReadOnlyList<MigrationOperation> operations,
        Migration? result,
        MigrationsSqlGenerationOptions options
    ) => _generator.Generate(operations, result is null ? null : ModelOf(result), options);

    /// <summary>
    /// A custom generator that replaces the provider's may inspect the type of its model, not only its content.
    /// </summary>
    private IModel ModelOf(Migration migration) =>
        _generator.GetType().Assembly.GetName().Name == context.Database.ProviderName
            ? DeferredModel.Create(() => Build(migration))
            : Build(migration);

    private IModel Build(Migration migration) =>
        _initializer.Initialize(migration.TargetModel, designTime: true, validationLogger: null);
}
