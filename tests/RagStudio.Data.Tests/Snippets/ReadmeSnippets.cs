using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Sqlite;

namespace RagStudio.Data.Tests.Snippets;

/// <summary>The C# of the README and of the pages in docs, compiled. <see cref="ReadmeTests"/> compares the two line by line.</summary>
internal static class ReadmeSnippets
{
    public static void RagStudio(HostApplicationBuilder builder)
    {
        builder.Services.AddRagStudioData(builder.Configuration); // contexts, repositories, migrator, start-up migration
    }

    public static void RagStudioOnAServer(HostApplicationBuilder builder)
    {
        builder.Services.AddRagStudioPostgreSql();
        builder.Services.AddRagStudioData(builder.Configuration); // RagStudio:Data:Provider, RagStudio:Data:ConnectionString
    }

    public static void AnyApplication(HostApplicationBuilder builder)
    {
        builder
            .Services.AddMigrator(options => options.MigrationTimeout = TimeSpan.FromMinutes(2))
            .AddSqliteDatabase<CatalogContext>("catalog", "Data Source=catalog.db")
            .AddRule(new OrphanRule("order_lines", "order_id", "orders", "id"))
            .MigrateOnStartup();
    }

    public static void Package(HostApplicationBuilder builder)
    {
        builder
            .Services.AddMigrator(options => options.MigrationTimeout = TimeSpan.FromMinutes(2))
            .AddSqliteDatabase<CatalogContext>("catalog", "Data Source=catalog.db")
            .MigrateOnStartup();
        builder.Services.AddHealthChecks().AddMigrationCheck();
    }

    public static void HealthChecks(HostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddMigrationCheck();
    }

    public static void Monitor(IMigrationMonitor monitor, IObserver<MigrationProgress> window)
    {
        using var subscription = monitor.Subscribe(window); // OnNext: phase, migration, SetCompleted of SetTotal; OnError: why it failed
    }

    public static async Task ByHandAsync(
        IMigrationManager manager,
        IProgress<MigrationProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var summary = await manager.MigrateAsync(progress, cancellationToken);
        foreach (var database in summary.Databases)
        {
            Console.WriteLine($"{database.Name}: {database.Migrations.Count} applied in run {summary.RunId}");
        }
    }

    public static async Task WithoutContainerAsync(CancellationToken cancellationToken)
    {
        var manager = MigratorFactory.Create(migrator =>
            migrator.AddSqliteDatabase<CatalogContext>("catalog", "Data Source=catalog.db")
        );
        await manager.MigrateAsync(cancellationToken: cancellationToken);
    }

    public static async Task ValidateAsync(DataValidator validator, CancellationToken cancellationToken)
    {
        var validation = await validator.ValidateAsync(cancellationToken: cancellationToken);
        foreach (var error in validation.Reports.SelectMany(report => report.Errors))
        {
            Console.WriteLine($"{error.Kind} in {error.Table}: {error.Detail}");
        }
    }

    public static void Code(MigratorBuilder migrator)
    {
        migrator.AddCode(
            "catalog",
            "20260301120000_AddSlugs",
            CodeMoment.After,
            services => ActivatorUtilities.CreateInstance<FillSlugs>(services)
        );
    }

    public static void Consent(HostApplicationBuilder builder)
    {
        builder.Services.AddMigrator(options =>
            options.DestructiveConsents["20260112074432_Tidy"] = "the rows were moved by an earlier release"
        );
    }

    public static async Task TransactionAsync(
        RagStudioTransactions transactions,
        NewDocument[] documents,
        StreamId stream,
        string data,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await transactions.BeginAsync(
            TransactionKind.AppMetaThenEvents,
            cancellationToken
        );
        var added = await transaction.Documents.AddAsync(documents, cancellationToken);
        await transaction.Events.AppendAsync(
            stream,
            [new NewEvent("document.imported", data)],
            cancellationToken: cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    public static async Task FollowAsync(
        EventSubscriptions subscriptions,
        IIndex index,
        CancellationToken cancellationToken
    )
    {
        await subscriptions.RunAsync(
            "search-index",
            async (stored, token) => await index.UpdateAsync(stored.EventData, token),
            cancellationToken
        );
        await subscriptions.RunInTransactionAsync(
            "statistics",
            TransactionKind.Atomic,
            async (stored, transaction, token) =>
                await transaction.Settings.SetAsync("last_event", stored.Id, cancellationToken: token),
            cancellationToken
        );
    }

    public static async Task SearchAsync(
        ChunkSearch search,
        string knowledgeBaseId,
        string userInput,
        CancellationToken cancellationToken
    )
    {
        var matches = await search.FindAsync(knowledgeBaseId, userInput, offset: 0, limit: 20, cancellationToken);
    }

    public static async Task ExportAsync(RowExport export, CancellationToken cancellationToken)
    {
        await using var file = File.Create("rows.jsonl");
        var totals = await export.ExportAsync(file, cancellationToken);
        Console.WriteLine($"{totals.Rows["events"]} events, SHA-256 {totals.Sha256}");
    }

    public static async Task AdoptAsync(IMigrationManager manager)
    {
        var plan = await manager.PlanAdoptionAsync(new AdoptOptions());
        foreach (var database in plan.Databases)
        {
            Console.WriteLine(database.Refusal ?? database.Finding);
        }
        if (plan.IsChange)
        {
            await manager.AdoptAsync(new AdoptOptions());
        }
    }

    public static async Task ImportAsync(RowImport import, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead("rows.jsonl");
        await import.ImportAsync(file, cancellationToken);
    }

    [RemovesRows("orders", AtMost = 10)]
    [DestructiveMigration("Notes were moved to chunks by an earlier migration.")]
    public sealed partial class DropOldNotes : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("notes");
    }

    internal sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options);

    internal interface IIndex
    {
        Task UpdateAsync(string text, CancellationToken cancellationToken);
    }

    private sealed class FillSlugs : IMigrationCode
    {
        public string Name => "fill the slugs";

        public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
