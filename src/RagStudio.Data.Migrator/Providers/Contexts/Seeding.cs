using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>The seeding that EF runs at the end of every migration: https://learn.microsoft.com/ef/core/modeling/data-seeding.</summary>
public static class Seeding
{
    /// <summary>Seeds a context that had nothing to apply.</summary>
    /// <param name="context">The context.</param>
    /// <param name="cancellationToken">Cancels the seeding.</param>
    /// <returns>A task that ends when the seeded rows are committed.</returns>
    public static async Task SeedAsync(DbContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = OptionsOf(context);
        if (options is null or { Seeder: null, AsyncSeeder: null })
        {
            return;
        }
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await SeedAsync(context, options, hasMigrated: false, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Seeds after migrations: like EF, without a transaction.</summary>
    /// <param name="context">The context.</param>
    /// <param name="cancellationToken">Cancels the seeding.</param>
    /// <returns>A task that ends when the application's seeder has returned.</returns>
    public static Task SeedMigratedAsync(DbContext context, CancellationToken cancellationToken) =>
        OptionsOf(context) is { } options
            ? SeedAsync(context, options, hasMigrated: true, cancellationToken)
            : Task.CompletedTask;

    private static Task SeedAsync(
        DbContext context,
        CoreOptionsExtension options,
        bool hasMigrated,
        CancellationToken cancellationToken
    )
    {
        if (options.AsyncSeeder is { } seedAsync)
        {
            return seedAsync(context, hasMigrated, cancellationToken);
        }
        options.Seeder?.Invoke(context, hasMigrated);
        return Task.CompletedTask;
    }

    private static CoreOptionsExtension? OptionsOf(DbContext context) =>
        context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>();
}
