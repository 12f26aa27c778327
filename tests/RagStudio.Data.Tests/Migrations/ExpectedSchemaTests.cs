using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Tests;

public sealed class ExpectedSchemaTests
{
    [TestCaseSource(typeof(MigrationCases), nameof(MigrationCases.Contexts))]
    public async Task No_version_on_the_way_up_or_down_differs_from_what_its_migrations_make(
        Type contextType,
        bool singleDatabase
    )
    {
        using var databases = new UnmigratedDatabases(singleDatabase);
        await using var services = Services(databases);
        await using var context = databases.Open(contextType);
        await using var other = databases.Open(OtherThan(contextType));
        await other.Database.MigrateAsync();
        var versions = context.Database.GetMigrations().ToList();

        foreach (var version in versions.Concat(versions.AsEnumerable().Reverse()).Append("0"))
        {
            await context.Database.MigrateAsync(version);
            SampleRows.FillLegacy(context);

            Assert.That(await DifferencesAsync(services), Is.Empty, version);
        }
    }

    [TestCaseSource(typeof(MigrationCases), nameof(MigrationCases.Contexts))]
    public async Task A_column_added_by_hand_is_the_one_thing_that_is_found(Type contextType, bool singleDatabase)
    {
        using var databases = new UnmigratedDatabases(singleDatabase);
        await using var services = Services(databases);
        await services.GetRequiredService<IMigrationManager>().MigrateAsync();
        await using var context = databases.Open(contextType);
        var table = contextType == typeof(AppMetaContext) ? "documents" : "events";
        context.Execute($"ALTER TABLE {table} ADD COLUMN note TEXT");

        var summary = await services.GetRequiredService<DataValidator>().ValidateAsync();
        var status = await services.GetRequiredService<IMigrationManager>().GetStatusAsync();

        var name = contextType == typeof(AppMetaContext) ? "app_meta" : "events";
        Assert.Multiple(() =>
        {
            Assert.That(
                summary.Reports.SelectMany(report =>
                    report.Errors.Select(error => (report.Database, error.Kind, error.Table, error.Id))
                ),
                Is.EqualTo(new[] { (name, ValidationErrorKind.SchemaMismatch, table, "note") })
            );
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
            Assert.That(
                status.Databases.SelectMany(database => database.Drift.Select(sentence => (database.Name, sentence))),
                Is.EqualTo(new[] { (name, $"No applied migration creates the column 'note' of '{table}'.") })
            );
        });
    }

    private static Type OtherThan(Type contextType) =>
        contextType == typeof(AppMetaContext) ? typeof(EventsContext) : typeof(AppMetaContext);

    private static ServiceProvider Services(UnmigratedDatabases databases) =>
        new ServiceCollection()
            .AddRagStudioData(options =>
            {
                options.DataDirectory = databases.Options.DataDirectory;
                options.SingleDatabase = databases.Options.SingleDatabase;
            })
            .BuildServiceProvider();

    /// <summary>
    /// Returns the findings about the schema, including unexpected objects and objects that could not be
    /// compared.
    /// </summary>
    private static async Task<IReadOnlyList<string>> DifferencesAsync(ServiceProvider services)
    {
        var summary = await services.GetRequiredService<DataValidator>().ValidateAsync();
        return
        [
            .. summary
                .Reports.SelectMany(report => report.Errors)
                .Where(error => error.Kind is ValidationErrorKind.MissingTable or ValidationErrorKind.SchemaMismatch)
                .Select(error => error.Detail),
            .. summary
                .Reports.SelectMany(report => report.Warnings)
                .Where(warning => warning.Kind != ValidationWarningKind.PerformanceIssue)
                .Select(warning => warning.Detail),
        ];
    }
}
