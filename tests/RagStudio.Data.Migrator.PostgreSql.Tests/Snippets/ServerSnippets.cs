using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.PostgreSql;

namespace Catalog;

/// <summary>The C# of the pages about PostgreSQL. <c>ReadmeTests</c>, which compares all snippets, reads this file.</summary>
internal static class ServerSnippets
{
    public static void Start(IHostApplicationBuilder builder)
    {
        builder
            .Services.AddMigrator()
            .AddPostgreSqlDatabase<CatalogContext>(
                "catalog",
                "Host=db.example.org;Database=catalog;Username=catalog_owner"
            )
            .MigrateOnStartup();
        builder.Services.AddHealthChecks().AddMigrationCheck();
    }

    public static void DataSource(
        IHostApplicationBuilder builder,
        Func<CancellationToken, ValueTask<string>> FetchTokenAsync
    )
    {
        var dataSource = new NpgsqlDataSourceBuilder("Host=db.example.org;Database=catalog;Username=catalog_owner")
            .UsePeriodicPasswordProvider(
                (_, token) => FetchTokenAsync(token),
                successRefreshInterval: TimeSpan.FromMinutes(10),
                failureRefreshInterval: TimeSpan.FromSeconds(5)
            )
            .Build();
        builder.Services.AddMigrator().AddPostgreSqlDatabase<CatalogContext>("catalog", dataSource).MigrateOnStartup();
    }

    public static void Guarded(DbContextOptionsBuilder optionsBuilder)
    {
        optionsBuilder.UseNpgsql("Host=db.example.org;Database=catalog;Username=catalog_owner").UseGuardedMigrations();
    }

    public static async Task CopyAsync(IProgress<MigrationProgress> progress)
    {
        var files = MigratorFactory.Create(set =>
            set.AddSqliteDatabase<CatalogContext>("catalog", "Data Source=catalog.db")
        );
        var server = MigratorFactory.Create(set =>
            set.AddPostgreSqlDatabase<CatalogContext>("catalog", "Host=db.example.com;Database=catalog")
        );
        var copied = await MigratorFactory.CreateCopy(files, server).CopyAsync(progress);
    }

    public static void Limit(IHostApplicationBuilder builder)
    {
        builder.Services.AddMigrator(options => options.RefuseAboveBlockedBytes = 100_000_000);
    }

    public static void Unkept(IHostApplicationBuilder builder, string connectionString)
    {
        builder
            .Services.AddMigrator(options => options.BackupDirectory = "/var/backups/catalog")
            .AddPostgreSqlDatabase<CatalogContext>(
                "catalog",
                connectionString,
                options => options.UnkeptLoss = UnkeptLossPolicy.Dump
            );
    }

    public static void Rehearse(IHostApplicationBuilder builder)
    {
        builder.Services.AddMigrator(options =>
            options.RehearseByMigrating["catalog"] = builder.Configuration.GetConnectionString("Staging")!
        );
    }

    public static void Schemas(IHostApplicationBuilder builder, string connectionString)
    {
        builder
            .Services.AddMigrator()
            .AddPostgreSqlDatabase<CatalogContext>(
                "catalog",
                connectionString,
                options => options.MigrationsHistorySchema = "catalog"
            )
            .AddPostgreSqlDatabase<SalesContext>(
                "sales",
                connectionString,
                options => options.MigrationsHistorySchema = "sales"
            )
            .MigrateOnStartup();
    }

    public static void Tenant(IHostApplicationBuilder builder, string connectionString, string tenant)
    {
        builder
            .Services.AddMigrator()
            .AddPostgreSqlDatabase<CatalogContext>(
                "catalog",
                $"{connectionString};Search Path={tenant}",
                options => options.Schema = tenant
            );
    }

    internal sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options);

    internal sealed class SalesContext(DbContextOptions<SalesContext> options) : DbContext(options);
}
