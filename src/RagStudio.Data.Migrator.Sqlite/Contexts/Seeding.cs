using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>What the application has EF do at the end of every migrating: https://learn.microsoft.com/ef/core/modeling/data-seeding.</summary>
internal static class Seeding
{
    /// <summary>EF's asynchronous migrating refuses a context that has only a synchronous seeder.</summary>
    public static bool IsOnlySynchronous(DbContext context) =>
        OptionsOf(context) is { Seeder: not null, AsyncSeeder: null };

    /// <summary>Seeds where EF's migrator, which does it otherwise, had nothing to do.</summary>
    public static async Task SeedAsync(DbContext context, CancellationToken cancellationToken)
    {
        var options = OptionsOf(context);
        if (options is null or { Seeder: null, AsyncSeeder: null })
        {
            return;
        }
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (options.AsyncSeeder is { } seedAsync)
            {
                await seedAsync(context, false, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                options.Seeder!(context, false);
            }
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static CoreOptionsExtension? OptionsOf(DbContext context) =>
        context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>();
}
