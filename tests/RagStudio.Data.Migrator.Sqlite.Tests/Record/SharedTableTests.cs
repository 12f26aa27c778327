using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Record;

/// <summary>EF's history table with rows that do not belong to the context that reads it.</summary>
public sealed class SharedTableTests : ShopTest
{
    private string Source => $"Data Source={Shop.PathOf("shop")};Pooling=False";

    [Test]
    public async Task Two_contexts_of_one_file_and_one_history_table_are_up_to_date_after_they_were_migrated_as_a_unit()
    {
        var first = await Both().MigrateAsync();
        var status = await Both().GetStatusAsync();
        var again = await Both().MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(
                Versions(first),
                Is.EqualTo(new[] { "CreateNumbers", "NameNumbers", "CreateLetters", "NameLetters" })
            );
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
            Assert.That(status.Databases.SelectMany(database => database.Unknown), Is.Empty);
            Assert.That(Versions(again), Is.Empty);
        });
    }

    [Test]
    public async Task Two_guarded_contexts_without_a_name_migrate_one_file_in_turn()
    {
        for (var i = 0; i < 2; i++)
        {
            await MigrateGuardedAsync<NumbersContext>();
            await MigrateGuardedAsync<LettersContext>();
        }

        await AssertUpToDateAsync(Only<NumbersContext>("numbers"));
        await AssertUpToDateAsync(Only<LettersContext>("letters"));
        Assert.That(Shop.Scalar<long>("SELECT count(name) FROM letters"), Is.Zero);
        Assert.That(Shop.Scalar<long>("SELECT count(name) FROM numbers"), Is.Zero);
    }

    [Test]
    public async Task A_context_that_EF_alone_migrates_beside_ours_is_not_newer()
    {
        await Only<NumbersContext>("shop").MigrateAsync();
        await using (var letters = new LettersContext(new DbContextOptionsBuilder().UseSqlite(Source).Options))
        {
            await letters.Database.MigrateAsync();
        }

        await AssertUpToDateAsync(Only<NumbersContext>("shop"));
    }

    /// <summary>
    /// An earlier build wrote neither context nor chain, and used the file's name for both databases.
    /// </summary>
    [Test]
    public async Task Lines_that_do_not_say_which_context_they_are_about_do_not_make_another_one_newer()
    {
        await Only<NumbersContext>("shop").MigrateAsync();
        await Only<LettersContext>("shop").MigrateAsync();
        ForgetOwners();

        await AssertUpToDateAsync(Only<NumbersContext>("shop"));
        await AssertUpToDateAsync(Only<LettersContext>("shop"));
    }

    [Test]
    public async Task A_newer_release_is_told_though_its_context_has_another_name_and_another_context_shares_the_table()
    {
        await Both().MigrateAsync();
        await Only<RenamedLettersContext>("other").MigrateAsync();
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<DatabaseNewerException>(() => Only<LettersContext>("letters").MigrateAsync());

        Assert.That(failure!.UnknownVersions, Is.EqualTo(new[] { "20240501000000_CountLetters" }));
        Assert.That(failure.Message, Does.Not.Contain("Tolerate"), "a migrator has recorded it");
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        await AssertUpToDateAsync(Only<NumbersContext>("numbers"));
    }

    [Test]
    public async Task A_rollback_of_one_context_leaves_the_rows_and_tables_of_the_other()
    {
        await Both().MigrateAsync();

        await Only<NumbersContext>("numbers").RollbackToVersionAsync("0");

        Assert.That(
            Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1"),
            Is.EqualTo(new[] { "20240201000000_CreateLetters", "20240401000000_NameLetters" })
        );
        await AssertUpToDateAsync(Only<LettersContext>("letters"));
    }

    [TestCase("20231231000000_ImportOldFiles", UnknownMigrationPolicy.Warn)]
    [TestCase("20231231000000_ImportOldFiles", UnknownMigrationPolicy.Tolerate)]
    [TestCase("20991231000000_MoveFolders", UnknownMigrationPolicy.Tolerate)]
    public async Task A_row_of_the_applications_own_keeps_nobody_from_migrating_or_rolling_back(
        string row,
        UnknownMigrationPolicy policy
    )
    {
        await Only<NumbersContext>("shop").MigrateToVersionAsync("CreateNumbers");
        AddRow(row);
        var manager = Only<NumbersContext>("shop", policy);

        var migrated = await manager.MigrateAsync();
        await AssertUpToDateAsync(manager);
        await manager.RollbackToVersionAsync("CreateNumbers");

        Assert.That(Versions(migrated), Is.EqualTo(new[] { "NameNumbers" }));
        Assert.That(
            Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"),
            Is.EquivalentTo(new[] { "20240101000000_CreateNumbers", row })
        );
    }

    [Test]
    public async Task A_later_row_that_nobody_has_recorded_is_refused_as_newer_and_the_refusal_says_how_to_tolerate_it()
    {
        await Only<NumbersContext>("shop").MigrateAsync();
        AddRow("20991231000000_MoveFolders");

        var failure = Assert.ThrowsAsync<DatabaseNewerException>(() => Only<NumbersContext>("shop").MigrateAsync());

        Assert.That(failure!.Message, Does.EndWith("set UnknownMigrations to Tolerate."));
    }

    private void AddRow(string id) => Shop.Execute($"INSERT INTO __EFMigrationsHistory VALUES ('{id}', '1.2.3')");

    private void ForgetOwners() =>
        Shop.Execute(
            "ALTER TABLE __migrator_history DROP COLUMN context; ALTER TABLE __migrator_history DROP COLUMN chain"
        );

    private IMigrationManager Both() =>
        Shop.Manager(
            null,
            migrator =>
                migrator
                    .AddSqliteDatabase<NumbersContext>("numbers", Source)
                    .AddSqliteDatabase<LettersContext>("letters", Source)
        );

    private IMigrationManager Only<TContext>(string name, UnknownMigrationPolicy policy = UnknownMigrationPolicy.Warn)
        where TContext : DbContext =>
        Shop.Manager(
            options => options.UnknownMigrations = policy,
            migrator => migrator.AddSqliteDatabase<TContext>(name, Source)
        );

    private async Task MigrateGuardedAsync<TContext>()
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>().UseSqlite(Source).UseGuardedMigrations().Options;
        await using var context = (TContext)Activator.CreateInstance(typeof(TContext), options)!;
        await context.Database.MigrateAsync();
    }

    private static async Task AssertUpToDateAsync(IMigrationManager manager)
    {
        var status = await manager.GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(Versions(await manager.MigrateAsync()), Is.Empty);
    }

    private static string[] Versions(MigrationSummary summary) =>
        [.. summary.Databases.SelectMany(database => database.Migrations).Select(migration => migration.Name)];
}
