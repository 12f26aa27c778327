using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Lock;

internal sealed class LockOrderTests : FakeSetTest
{
    [Test]
    public async Task The_storages_are_taken_in_the_order_of_the_set_and_let_go_in_the_reverse()
    {
        await Set.Manager(Set.Database("archive", AddTwo), Set.Database("shop", AddTwo)).MigrateAsync();

        Assert.That(Calls.Log.Take(2), Is.EqualTo(new[] { "open archive", "open shop" }));
        Assert.That(Calls.Log.TakeLast(2), Is.EqualTo(new[] { "close shop", "close archive" }));
    }

    [Test]
    public async Task Two_databases_of_one_storage_are_held_backed_up_and_checked_once()
    {
        var second = new FakeDatabase("notes", Set.Storage("shop"), FakeMigration.Table("1", "notes"));

        await Set.Manager(Set.Database("shop", AddTwo), second).MigrateAsync();

        Assert.That(
            Calls.Log,
            Is.EqualTo(
                new[]
                {
                    "open shop",
                    "backup shop",
                    "check shop",
                    "begin shop",
                    "migrate shop",
                    "migrate notes",
                    "check shop",
                    "commit shop",
                    "close shop",
                }
            )
        );
    }

    //        what the first took   what is left for the second
    [TestCase(0, 30)]
    [TestCase(20, 10)]
    [TestCase(40, 0)]
    public async Task The_lock_timeout_is_for_all_storages_together(int taken, int left)
    {
        Calls.On("open shop", () => Set.Time.Advance(TimeSpan.FromSeconds(taken)));

        await Set.Manager(o => o.LockTimeout = TimeSpan.FromSeconds(30), Succeeding).MigrateAsync();

        Assert.That(Set.Storage("shop").LockTimeouts[^1], Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(Set.Storage("archive").LockTimeouts[^1], Is.EqualTo(TimeSpan.FromSeconds(left)));
    }

    [Test]
    public async Task A_storage_that_stays_locked_keeps_no_other_one_held()
    {
        var archive = Set.Storage("archive");
        await using (await archive.OpenAsync(new RunIdentity("run", RunActivity.BackUp), TimeSpan.Zero, default))
        {
            var failure = Assert.ThrowsAsync<DatabaseLockedException>(() =>
                Set.Manager(o => o.LockTimeout = TimeSpan.Zero, Succeeding).MigrateAsync()
            );

            Assert.That(failure!.Database, Is.EqualTo(archive.DisplayName));
        }
        AssertNothingHasChanged();
        Assert.That(Directory.Exists(Set.Backups), Is.False);
        await AssertNothingIsHeldAsync();
    }

    [Test]
    public async Task What_another_process_applied_while_this_one_waited_is_not_applied_again()
    {
        Calls.On(
            "open shop",
            () =>
            {
                Calls.Succeed("open shop");
                Set.Manager(Succeeding).MigrateAsync().GetAwaiter().GetResult();
            }
        );

        var summary = await Set.Manager(Succeeding).MigrateAsync();

        Assert.That(summary.Databases.Sum(database => database.Migrations.Count), Is.Zero);
        Assert.That(Set.State("shop"), Is.EqualTo("1 2 | mine two"));
    }

    [Test]
    public async Task A_release_that_fails_neither_fails_the_run_nor_keeps_the_other_storage_held()
    {
        Calls.Fail("close archive", new IOException("The disk is gone."));

        var summary = await Set.Manager(Succeeding).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"));
        await using var shop = await Set.Storage("shop")
            .OpenAsync(new RunIdentity("run", RunActivity.Migrate), TimeSpan.Zero, default);
    }

    [Test]
    public void A_release_that_fails_does_not_hide_what_the_run_failed_with()
    {
        Calls.Fail("close archive", new IOException("The disk is gone."));

        Assert.ThrowsAsync<MigrationFailedException>(() => Set.Manager(FailingSecond).MigrateAsync());

        AssertNothingHasChanged();
    }
}
