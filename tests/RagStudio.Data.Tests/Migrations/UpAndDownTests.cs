using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

public sealed class UpAndDownTests
{
    [TestCaseSource(typeof(MigrationCases), nameof(MigrationCases.Contexts))]
    public async Task All_migrations_go_up_down_and_up_again(Type contextType, bool singleDatabase)
    {
        using var databases = new UnmigratedDatabases(singleDatabase);
        await using var context = databases.Open(contextType);

        await context.Database.MigrateAsync();
        var schema = SchemaOf(context);
        SampleRows.Fill(context);
        await context.Database.MigrateAsync("0");

        Assert.That(context.Tables(), Is.Empty);
        await context.Database.MigrateAsync();
        Assert.Multiple(() =>
        {
            Assert.That(SchemaOf(context), Is.EqualTo(schema));
            Assert.That(context.Damage(), Is.Empty);
            Assert.That(context.Database.GetAppliedMigrations(), Is.EqualTo(context.Database.GetMigrations()));
        });
    }

    [TestCaseSource(typeof(MigrationCases), nameof(MigrationCases.Steps))]
    public async Task Each_migration_goes_down_and_up_again_with_its_rows(
        Type contextType,
        bool singleDatabase,
        string version
    )
    {
        using var databases = new UnmigratedDatabases(singleDatabase);
        await using var context = databases.Open(contextType);
        await context.Database.MigrateAsync(version);
        Fill(context);
        var schema = SchemaOf(context);
        var above = Content.Of(context);

        await context.Database.MigrateAsync(MigrationCases.Before(context, version));
        var below = Content.Of(context);
        var damageBelow = context.Damage();
        await context.Database.MigrateAsync(version);

        Assert.Multiple(() =>
        {
            Assert.That(below.RowCounts, Is.SubsetOf(above.RowCounts), "rows below");
            Assert.That(Content.Of(context).Within(below), Is.EqualTo(above.Within(below)), "values above");
            Assert.That(SchemaOf(context), Is.EqualTo(schema));
            Assert.That(damageBelow.Concat(context.Damage()), Is.Empty);
        });
    }

    [TestCaseSource(typeof(MigrationCases), nameof(MigrationCases.Contexts))]
    public async Task Rows_of_the_first_tables_survive_every_step_down_and_up_again(
        Type contextType,
        bool singleDatabase
    )
    {
        using var databases = new UnmigratedDatabases(singleDatabase);
        await using var context = databases.Open(contextType);
        await context.Database.MigrateAsync();
        SampleRows.Fill(context);
        var latest = Content.Of(context);
        var versions = context.Database.GetMigrations().ToList();

        foreach (var version in versions.AsEnumerable().Reverse())
        {
            await context.Database.MigrateAsync(version);
            Assert.That(Content.Of(context).RowCounts, Is.SubsetOf(latest.RowCounts), version);
        }

        var first = Content.Of(context);
        foreach (var version in versions)
        {
            await context.Database.MigrateAsync(version);
            Assert.That(first.RowCounts, Is.SubsetOf(Content.Of(context).RowCounts), version);
        }

        Assert.That(Content.Of(context).Within(first), Is.EqualTo(latest.Within(first)));
        Assert.That(context.Damage(), Is.Empty);
    }

    [TestCase(typeof(AppMetaContext))]
    [TestCase(typeof(EventsContext))]
    public async Task A_context_leaves_the_other_alone_in_the_same_file(Type contextType)
    {
        using var databases = new UnmigratedDatabases(singleDatabase: true);
        var otherType = contextType == typeof(AppMetaContext) ? typeof(EventsContext) : typeof(AppMetaContext);
        await using var other = databases.Open(otherType);
        await other.Database.MigrateAsync();
        SampleRows.Fill(other);
        var before = Content.Of(other);

        await using var context = databases.Open(contextType);
        await context.Database.MigrateAsync();
        await context.Database.MigrateAsync("0");

        Assert.Multiple(() =>
        {
            Assert.That(Content.Of(other).Texts, Is.EqualTo(before.Texts));
            Assert.That(other.Database.GetPendingMigrations(), Is.Empty);
            Assert.That(context.Database.GetAppliedMigrations(), Is.Empty);
        });
    }

    private static void Fill(DbContext context)
    {
        if (context.Database.GetAppliedMigrations().Any(id => id.Contains("_Normalise", StringComparison.Ordinal)))
        {
            SampleRows.Fill(context);
        }
        else
        {
            SampleRows.FillLegacy(context);
        }
    }

    // The order of columns and the text of the DDL may differ after a rebuild; the program does not depend on them.
    private static List<string> SchemaOf(DbContext context) =>
        [.. context.Tables().Order().SelectMany(table => RenderedTable.Of(context, table).Order())];
}
