using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class DriftTests
{
    [Test]
    public async Task A_database_that_EF_made_has_no_difference()
    {
        await using var shop = await RichAsync();
        await shop.AllowReplayAsync();

        var report = await shop.ValidateAsync<RichContext>(CheckDepth.Full);

        Assert.That(report.Errors.Select(error => error.Detail), Is.Empty);
        Assert.That(
            report
                .Warnings.Where(warning => warning.Kind != ValidationWarningKind.PerformanceIssue)
                .Select(warning => warning.Detail),
            Is.EqualTo(
                new[]
                {
                    "the indexes were not compared with their tables: that needs the extension amcheck. A superuser can add it: CREATE EXTENSION amcheck",
                }
            )
        );
        var status = await shop.Manager<RichContext>().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [TestCase(
        "ALTER SEQUENCE \"Tickets\" INCREMENT 1",
        "Tickets",
        "the sequence 'Tickets' is AS integer START 1000 INCREMENT 1 MINVALUE 1 MAXVALUE 2147483647 CACHE 1, not AS integer START 1000 INCREMENT 5 MINVALUE 1 MAXVALUE 2147483647 CACHE 1"
    )]
    [TestCase("DROP SEQUENCE \"Blocks\"", "Blocks", "the sequence 'Blocks' is missing")]
    [TestCase(
        "ALTER TYPE mood ADD VALUE 'mad' BEFORE 'sad'",
        "mood",
        "the enum 'mood' is ('glad', 'mad', 'sad', 'so so'), not ('glad', 'sad', 'so so')"
    )]
    [TestCase(
        "ALTER TYPE other.\"Mixed Case\" RENAME VALUE 'b' TO 'B'",
        "other.Mixed Case",
        "the enum 'other.Mixed Case' is ('a', 'B'), not ('a', 'b')"
    )]
    [TestCase(
        "ALTER DOMAIN email SET DEFAULT 'somebody@'",
        "email",
        "the domain 'email' is text NOT NULL DEFAULT 'somebody@'::text COLLATE C CHECK ((VALUE ~~ '%@%'::text)), not text NOT NULL DEFAULT 'nobody@'::text COLLATE C CHECK ((VALUE ~~ '%@%'::text))"
    )]
    [TestCase(
        "CREATE OR REPLACE FUNCTION twice(n int, label text DEFAULT 'x') RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT n * 3'",
        "twice(n integer, label text)",
        "the function 'twice(n integer, label text)' differs from what the applied migrations create"
    )]
    [TestCase(
        "ALTER FUNCTION twice(bigint) STABLE",
        "twice(n bigint)",
        "the function 'twice(n bigint)' differs from what the applied migrations create"
    )]
    [TestCase("DROP PROCEDURE tidy", "tidy(INOUT n integer)", "the procedure 'tidy(INOUT n integer)' is missing")]
    [TestCase(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_lower'::regclass",
        "ix_lower",
        "the index 'ix_lower' of 'Things' is (lower((\"Name\")::text), \"Title\" text_pattern_ops, INVALID), not (lower((\"Name\")::text), \"Title\" text_pattern_ops)"
    )]
    public async Task What_differs_is_an_error_of_a_validation_and_drift_in_the_status(
        string sql,
        string name,
        string detail
    )
    {
        await using var shop = await RichAsync();
        await shop.AllowReplayAsync();
        await Sql.ExecuteAsync(shop.Database.SuperuserConnectionString, sql);

        var error = (await shop.ValidateAsync<RichContext>()).Errors.Single(one =>
            one.Kind == ValidationErrorKind.SchemaMismatch
        );

        Assert.That((error.Id ?? error.Table, error.Detail), Is.EqualTo((name, detail)));
        var status = await shop.Manager<RichContext>().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
    }

    [TestCase("CREATE SEQUENCE extra", "sequence 'extra'")]
    [TestCase("CREATE FUNCTION extra() RETURNS int LANGUAGE sql AS 'SELECT 1'", "function 'extra()'")]
    [TestCase("CREATE TYPE extra AS ENUM ()", "enum 'extra'")]
    public async Task What_no_migration_creates_is_a_warning(string sql, string what)
    {
        await using var shop = await RichAsync();
        await shop.AllowReplayAsync();
        await shop.Database.ExecuteAsync(sql);

        var report = await shop.ValidateAsync<RichContext>();

        Assert.That(
            report.Of(ValidationWarningKind.UnexpectedObject),
            Is.EqualTo(new[] { $"no applied migration creates the {what}" })
        );
        Assert.That(report.Errors, Is.Empty);
    }

    [Test]
    public async Task Without_a_replay_the_schema_is_compared_with_what_the_last_run_left()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Manager<SecondShop>().MigrateAsync();

        Assert.That(
            (await shop.ValidateAsync<SecondShop>()).Of(ValidationWarningKind.NotChecked).Single(),
            Does.Contain("grant it CREATEDB").And.EndWith("; it is as the last run left it")
        );
        Assert.That(await VerdictAsync(), Is.EqualTo(MigrationVerdict.UpToDate));

        await shop.Database.ExecuteAsync("ALTER TABLE orders ALTER total SET DEFAULT 5");

        Assert.That(
            (await shop.ValidateAsync<SecondShop>()).Of(ValidationWarningKind.NotChecked).Single(),
            Does.Contain("grant it CREATEDB").And.EndWith("; it has changed since the last run")
        );
        // Another program that shares the schema may have changed it by its own migrations.
        Assert.That(await VerdictAsync(), Is.EqualTo(MigrationVerdict.UpToDate));

        async Task<MigrationVerdict> VerdictAsync() => (await shop.Manager<SecondShop>().GetStatusAsync()).Verdict;
    }

    [Test]
    public async Task What_a_run_left_is_not_taken_for_what_the_migrations_create()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("ALTER TABLE orders ALTER name SET DEFAULT 'drifted before'");
        await shop.Manager<SecondShop>().MigrateAsync();
        Assert.That(
            (await shop.Manager<SecondShop>().GetStatusAsync()).Verdict,
            Is.EqualTo(MigrationVerdict.UpToDate),
            "nothing can tell"
        );

        await shop.AllowReplayAsync();

        var status = await shop.Manager<SecondShop>().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
        Assert.That(
            status.Databases.Single().Drift.Single(),
            Does.StartWith("The column 'name' of 'orders' has default 'drifted before'")
        );
    }

    [Test]
    public async Task A_run_does_not_fail_for_what_has_changed_before_it_and_records_what_it_leaves()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("CREATE INDEX by_hand ON orders (name)");

        var summary = await shop.Manager<SecondShop>().MigrateAsync();

        Assert.That(summary.Success, Is.True);
        Assert.That(
            (await shop.ValidateAsync<SecondShop>()).Of(ValidationWarningKind.NotChecked).Single(),
            Does.EndWith("; it is as the last run left it")
        );
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Indexes_that_follow_the_commit_are_no_drift(bool canReplay)
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.AllowReplayAsync(canReplay);
        await shop.Manager<FirstShop>().MigrateAsync();

        var summary = await shop.Manager<IndexedShop>().MigrateAsync();

        Assert.That(summary.Success, Is.True);
        var status = await shop.Manager<IndexedShop>().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate), string.Join(' ', status.Databases[0].Drift));
        Assert.That((await shop.ValidateAsync<IndexedShop>()).Errors, Is.Empty);
    }

    private static async Task<ShopDatabase> RichAsync()
    {
        var shop = await ShopDatabase.CreateAsync();
        await using var context = new RichContext(
            new DbContextOptionsBuilder<RichContext>().UseNpgsql(shop.Database.ConnectionString).Options
        );
        await context.Database.MigrateAsync();
        return shop;
    }
}
