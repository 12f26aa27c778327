using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator;

/// <summary>Generates the commands of migrations as EF's own migrator does, without those for its history. Builds the models of the migrations.</summary>
/// <param name="context">The context that they belong to.</param>
public sealed class MigrationSql(DbContext context)
{
    private readonly IMigrationsSqlGenerator _generator = context.GetService<IMigrationsSqlGenerator>();
    private readonly IModelRuntimeInitializer _initializer = context.GetService<IModelRuntimeInitializer>();

    /// <summary>What applies a migration.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="options">What the commands are for.</param>
    /// <returns>The commands.</returns>
    public IReadOnlyList<MigrationCommand> Up(
        Migration migration,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    )
    {
        ArgumentNullException.ThrowIfNull(migration);
        return _generator.Generate(migration.UpOperations, ModelOf(migration), options);
    }

    /// <summary>What reverts a migration.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="previous">The one before it, whose model is that of the result; <see langword="null"/> where there is none.</param>
    /// <param name="options">What the commands are for.</param>
    /// <returns>The commands.</returns>
    public IReadOnlyList<MigrationCommand> Down(
        Migration migration,
        Migration? previous,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    )
    {
        ArgumentNullException.ThrowIfNull(migration);
        return _generator.Generate(migration.DownOperations, previous is null ? null : ModelOf(previous), options);
    }

    private IModel ModelOf(Migration migration) =>
        _initializer.Initialize(migration.TargetModel, designTime: true, validationLogger: null);
}
