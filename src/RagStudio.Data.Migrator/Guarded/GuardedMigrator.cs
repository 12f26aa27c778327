using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.Guarded;

/// <summary>Replaces EF's migrator, through which all of EF's ways to migrate go.</summary>
internal sealed class GuardedMigrator(ICurrentDbContext current) : IMigrator
{
    private IMigrator EF => EFMigrator.Create(current.Context);

    public void Migrate(string? targetMigration = null)
    {
        if (GuardedDatabase.Find(current.Context, isAsync: false) is not { } database)
        {
            ArchiveGuard.Demand(current.Context);
            EF.Migrate(targetMigration);
            return;
        }
        Task.Run(() => MigrateAsync(database, targetMigration, CancellationToken.None)).GetAwaiter().GetResult();
    }

    public Task MigrateAsync(string? targetMigration = null, CancellationToken cancellationToken = default) =>
        GuardedDatabase.Find(current.Context, isAsync: true) is { } database
            ? MigrateAsync(database, targetMigration, cancellationToken)
            : MigrateByEFAsync(targetMigration, cancellationToken);

    public string GenerateScript(
        string? fromMigration = null,
        string? toMigration = null,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    )
    {
        ArchiveGuard.DemandScript(current.Context, fromMigration);
        return EF.GenerateScript(fromMigration, toMigration, options);
    }

    public bool HasPendingModelChanges() => EF.HasPendingModelChanges();

    /// <summary>There is nothing to guard.</summary>
    private async Task MigrateByEFAsync(string? target, CancellationToken cancellationToken)
    {
        await ArchiveGuard.DemandAsync(current.Context, cancellationToken).ConfigureAwait(false);
        await EF.MigrateAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private async Task MigrateAsync(GuardedDatabase database, string? target, CancellationToken cancellationToken)
    {
        if (target is null)
        {
            EFMigrator.CheckModelChanges(current.Context);
        }
        var didSomething = false;
        var closed = await ClosedConnection.CloseAsync(current.Context).ConfigureAwait(false);
        await using (closed.ConfigureAwait(false))
        {
            didSomething = await database.MigrateAsync(target, cancellationToken).ConfigureAwait(false);
        }
        if (!didSomething)
        {
            await Seeding.SeedAsync(current.Context, cancellationToken).ConfigureAwait(false);
        }
    }
}
