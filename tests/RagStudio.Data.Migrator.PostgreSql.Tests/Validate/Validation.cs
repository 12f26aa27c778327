using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>What the tests of checks do with a shop.</summary>
internal static class Validation
{
    public static async Task<ValidationReport> ValidateAsync<TContext>(
        this ShopDatabase shop,
        CheckDepth depth = CheckDepth.Quick,
        string? connectionString = null
    )
        where TContext : DbContext
    {
        var services = shop.Services(migrator =>
            migrator.AddPostgreSqlDatabase<TContext>("shop", connectionString ?? shop.Database.ConnectionString)
        );
        return (await services.GetRequiredService<DataValidator>().ValidateAsync(depth)).Reports.Single();
    }

    /// <summary>Migrates to the second release, with code that runs after its migration.</summary>
    public static Task<MigrationSummary> MigrateWithAsync(
        this ShopDatabase shop,
        ServerCode code,
        Action<MigrationOptions>? options = null
    ) =>
        shop.Manager(
                migrator =>
                    migrator
                        .AddPostgreSqlDatabase<SecondShop>("shop", shop.Database.ConnectionString)
                        .AddCode("shop", AddTotal.Version, CodeMoment.After, _ => code),
                options
            )
            .MigrateAsync();

    /// <summary>Migrates to the second release, with SQL that runs after its migration.</summary>
    public static Task<MigrationSummary> MigrateWithAsync(this ShopDatabase shop, string sql) =>
        shop.MigrateWithAsync(new ServerCode((connection, _) => Sql.ExecuteAsync(connection, sql)));

    public static IEnumerable<string> Of(this ValidationReport report, ValidationWarningKind kind) =>
        report.Warnings.Where(warning => warning.Kind == kind).Select(warning => warning.Detail);

    /// <summary>Allows the owner to replay migrations.</summary>
    public static Task AllowReplayAsync(this ShopDatabase shop, bool isAllowed = true) =>
        Sql.ExecuteAsync(
            shop.Database.SuperuserConnectionString,
            $"ALTER ROLE {shop.Database.Owner.Name} {(isAllowed ? "" : "NO")}CREATEDB"
        );
}
