namespace RagStudio.Data.Migrator.Tests.Apply;

internal sealed class ConcurrentMigrationTests : FakeSetTest
{
    [Test]
    public async Task Databases_are_migrated_side_by_side_where_that_is_allowed()
    {
        var (shop, archive) = (new TaskCompletionSource(), new TaskCompletionSource());
        var manager = Set.Manager(
            SideBySide,
            Set.Database("shop", Meet(shop, archive)),
            Set.Database("archive", Meet(archive, shop))
        );

        var summary = await manager.MigrateAsync();

        Assert.That(summary.Databases.Select(database => database.Migrations.Count), Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public async Task Databases_are_migrated_one_after_the_other_else()
    {
        var steps = new List<string>();
        var manager = Set.Manager(
            Set.Database("shop", Slow("2", "shop", steps), Slow("3", "shop", steps)),
            Set.Database("archive", Slow("2", "archive", steps))
        );

        await manager.MigrateAsync();

        Assert.That(
            steps,
            Is.EqualTo(new[] { "shop 2", "shop 2 done", "shop 3", "shop 3 done", "archive 2", "archive 2 done" })
        );
    }

    [Test]
    public void A_failure_stops_the_database_beside_it_and_restores_both()
    {
        var waiting = new TaskCompletionSource();
        var endless = new FakeMigration(
            "2",
            (_, token) =>
            {
                waiting.SetResult();
                return Task.Delay(Timeout.Infinite, token);
            }
        );
        var failing = new FakeMigration(
            "2",
            async (_, token) =>
            {
                await waiting.Task.WaitAsync(token);
                throw new InvalidOperationException("It broke.");
            }
        );
        var manager = Set.Manager(SideBySide, Set.Database("shop", endless), Set.Database("archive", failing));

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.Database, Is.EqualTo("archive"));
        AssertNothingHasChanged();
    }

    /// <summary>With a time limit that ends the test if they do not run at the same time.</summary>
    private static void SideBySide(MigrationOptions options) =>
        (options.MaxConcurrentMigrations, options.MigrationTimeout) = (2, TimeSpan.FromSeconds(20));

    /// <summary>Completes only after the other one has started.</summary>
    private static FakeMigration Meet(TaskCompletionSource mine, TaskCompletionSource other) =>
        new(
            "2",
            (_, token) =>
            {
                mine.SetResult();
                return other.Task.WaitAsync(token);
            }
        );

    /// <summary>Lets others run before it completes.</summary>
    private static FakeMigration Slow(string version, string database, List<string> steps) =>
        new(
            version,
            async (_, _) =>
            {
                steps.Add($"{database} {version}");
                await Task.Yield();
                steps.Add($"{database} {version} done");
            }
        );
}
