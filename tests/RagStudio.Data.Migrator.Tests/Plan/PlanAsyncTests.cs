using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Tests.Plan;

internal sealed class PlanAsyncTests : FakeSetTest
{
    [Test]
    public async Task PlanAsync_tells_each_pending_migration_and_takes_no_lock()
    {
        var manager = Set.Manager(
            options => options.MigrationTimeout = TimeSpan.FromSeconds(7),
            Set.Database("shop", AddTwo, FakeSet.AddRow("3_Three", "three") with { Type = typeof(Described) }),
            Set.Database("archive")
        );

        var plan = await manager.PlanAsync();

        var described = plan.Databases[0].Migrations[1];
        Assert.Multiple(() =>
        {
            Assert.That(plan.Refusal, Is.Null);
            Assert.That(plan.Databases.Select(d => d.Name), Is.EqualTo(new[] { "shop", "archive" }));
            Assert.That(plan.Databases[0].Migrations.Select(m => m.Version), Is.EqualTo(new[] { "2", "3_Three" }));
            Assert.That(plan.Databases[1].Migrations, Is.Empty);
            Assert.That(plan.Databases[0].Migrations[0].TimeLimit, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That(plan.Databases[0].Migrations[0].Findings, Is.Empty);
            Assert.That(described.Name, Is.EqualTo("Three"));
            Assert.That(described.Kind, Is.EqualTo(MigrationKind.Seed));
            Assert.That(described.TimeLimit, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
            Assert.That(described.DestructiveReason, Is.EqualTo("Nobody reads them."));
            Assert.That(described.Sql, Is.EqualTo("-- do"));
            Assert.That(described.Destructive);
            Assert.That(
                described.Findings.Select(f => (f.Kind, f.Table, f.Rows)),
                Is.EqualTo(
                    new[]
                    {
                        (PlanFindingKind.DroppedTable, "rows", 1L),
                        (PlanFindingKind.MissingDown, null as string, 0L),
                    }
                )
            );
            Assert.That(plan.IsDestructive);
            Assert.That(Calls.Log, Is.Empty);
        });
        AssertNothingHasChanged();
    }

    [Test]
    public async Task PlanAsync_demands_the_space_that_the_run_demands_and_none_with_nothing_pending()
    {
        var bytes = await Set.Storage("shop").ReadSizeAsync(default);

        var pending = await Set.Manager(Set.Database("shop", AddTwo)).PlanAsync();
        var withoutBackup = await Set.Manager(o => o.BackupBeforeMigration = false, Set.Database("shop", AddTwo))
            .PlanAsync();
        var nothing = await Set.Manager(Set.Database("shop")).PlanAsync();

        Assert.That(pending.DiskNeededBytes, Is.EqualTo(bytes), "the disk of a storage that is no file is unknown");
        Assert.That(withoutBackup.DiskNeededBytes, Is.Zero);
        Assert.That(nothing.DiskNeededBytes, Is.Zero);
    }

    [Test]
    public async Task PlanAsync_says_what_would_refuse_the_run_as_the_run_does()
    {
        await Set.Manager(Set.Database("shop", AddTwo), Set.Database("archive", AddTwo)).MigrateAsync();
        FakeDatabase[] newer = [Set.Database("shop"), Set.Database("archive", AddTwo)];
        FakeDatabase[] outOfOrder = [Set.Database("shop", FakeSet.AddRow("1a", "late"), AddTwo)];
        FakeDatabase[] dropping =
        [
            Set.Database("shop", AddTwo, FakeSet.AddRow("3", "three") with { Type = typeof(Unannounced) }),
        ];

        foreach (var databases in new[] { newer, outOfOrder, dropping })
        {
            var plan = await Set.Manager(databases).PlanAsync();
            var refusal = Assert.CatchAsync<MigrationException>(() => Set.Manager(databases).MigrateAsync());
            Assert.That(plan.Refusal, Is.EqualTo(refusal!.Message));
        }
        var allowed = await Set.Manager(o => o.AllowDestructive = true, dropping).PlanAsync();
        Assert.That(allowed.Refusal, Is.Null);
        Assert.That(allowed.Databases[0].Migrations[0].Destructive, "consent does not make it harmless");
    }

    [Test]
    public async Task PlanAsync_of_databases_that_are_not_there_plans_everything_and_makes_nothing()
    {
        var plan = await Set.Manager(Set.Database("new", AddTwo)).PlanAsync();

        Assert.That(plan.Databases[0].Migrations.Select(m => m.Version), Is.EqualTo(new[] { "1", "2" }));
        Assert.That(plan.IsDestructive, Is.False);
        Assert.That(Set.Storage("new").Exists, Is.False);
    }

    [Test]
    public async Task PlanAsync_survives_an_Up_that_throws()
    {
        var throwing = FakeSet.AddRow("2", "two") with { Type = typeof(Throwing) };

        var plan = await Set.Manager(Set.Database("shop", throwing)).PlanAsync();

        Assert.That(plan.Databases[0].Migrations.Select(m => m.Version), Is.EqualTo(new[] { "2" }));
        Assert.That(plan.Refusal, Is.Null);
    }

    [MigrationKind(MigrationKind.Seed), MigrationTimeout(0.5), DestructiveMigration("Nobody reads them.")]
    private sealed class Described : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("rows");
    }

    private sealed class Unannounced : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("rows");
    }

    private sealed class Throwing : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            throw new InvalidOperationException("It broke.");
    }
}
