using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite.Tests;

internal static class ShopValidation
{
    /// <summary>Runs every check of the database "shop".</summary>
    public static async Task<ValidationSummary> Validate<TContext>(this Shop shop)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services.AddMigrator().AddSqliteDatabase<TContext>("shop", $"Data Source={shop.PathOf("shop")}");
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<DataValidator>().ValidateAsync();
    }
}
